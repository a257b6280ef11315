from flask import request


def login(user, password):
    # ruleid: password-compared-with-literal
    if user == "admin" and password == "hunter42":
        return True
    # ruleid: password-compared-with-literal
    return request.form["password"] == "opensesame"


def allowed(api_key):
    # ruleid: password-compared-with-literal
    return api_key == "k-4711-live"


def login_safely(user, password):
    # ok: password-compared-with-literal
    if password == "":
        return False
    # ok: password-compared-with-literal
    if password != user.repeated_password:
        return False
    return user.check(password)


def kind(field):
    # ok: password-compared-with-literal
    return field.password_type == "hashed"


def wanted(api_key):
    # ok: password-compared-with-literal
    return api_key == "none"
