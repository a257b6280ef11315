def acceptable(password):
    # ruleid: weak-password-rule
    return len(password) >= 4


def checked(password):
    # ruleid: weak-password-rule
    if len(password) < 6:
        raise ValueError("too short")


# ruleid: weak-password-rule
AUTH_PASSWORD_VALIDATORS = []


def acceptable_safely(password):
    # ok: weak-password-rule
    return len(password) >= 12


def missing(password):
    # ok: weak-password-rule
    return len(password) < 1


def short_name(name):
    # ok: weak-password-rule
    return len(name) < 4
