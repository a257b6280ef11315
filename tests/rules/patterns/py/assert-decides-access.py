from flask import request


def panel(user, value):
    # ruleid: assert-decides-access
    assert request.headers.get("X-Role") == "admin"
    # ruleid: assert-decides-access
    assert user.is_admin, "administrators only"
    # ok: assert-decides-access
    assert value is not None
    # ok: assert-decides-access
    assert isinstance(value, int)
    if not user.is_admin:
        raise PermissionError
