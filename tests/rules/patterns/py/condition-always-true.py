def allowed(user):
    # ruleid: condition-always-true
    if user.role == "admin" or "owner":
        return True
    # ruleid: condition-always-true
    elif user.role == "editor" or "author":
        return True
    # ruleid: condition-always-true
    if (
        user.role == "reader"
        or "guest"
    ):
        return False
    # ruleid: condition-always-true
    assert (user.active, "must be active")
    # ruleid: condition-always-true
    return user.role is "guest"


def allowed_safely(user):
    # ok: condition-always-true
    if user.role == "admin" or user.role == "owner":
        return True
    # ok: condition-always-true
    assert user.active, "must be active"
    # ok: condition-always-true
    return user.role == "guest"


NOTHING = "==NOTHING=="


def given(value):
    # ok: condition-always-true
    return value is not NOTHING


def given_safely(value):
    # ok: condition-always-true
    if (
        value == "reader"
        or value == "guest"
    ):
        return True
