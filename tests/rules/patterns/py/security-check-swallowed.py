def is_valid(token):
    # ruleid: security-check-swallowed
    try:
        decode(token)
        return True
    except Exception:
        return True


def accept(key, signature, data):
    # ruleid: security-check-swallowed
    try:
        key.verify(signature, data)
    except Exception:
        pass
    return data


def is_valid_safely(token):
    # ok: security-check-swallowed
    try:
        decode(token)
        return True
    except Exception:
        return False


def accept_safely(key, signature, data):
    # ok: security-check-swallowed
    try:
        key.verify(signature, data)
    except InvalidSignature:
        raise ValueError("not signed by us") from None
    return data
