from flask import jsonify


def show(user):
    # ruleid: password-sent-back
    return jsonify({"name": user.name, "password": user.password})


def profile(user):
    # ruleid: password-sent-back
    return {"name": user.name, "secret": user.password_hash}


def login(response, password):
    # ruleid: password-sent-back
    response.set_cookie("password", password, secure=True, httponly=True)


def show_safely(user):
    # ok: password-sent-back
    return jsonify({"name": user.name})


def profile_safely(user):
    # ok: password-sent-back
    return {"name": user.name, "mail": user.mail}


def login_safely(response, session_id):
    # ok: password-sent-back
    response.set_cookie("session", session_id, secure=True, httponly=True)


def remember(response):
    # ruleid: password-sent-back
    response.set_cookie("password", request.form["password"], httponly=True)
    # ok: password-sent-back
    response.set_cookie("theme", request.form["theme"], httponly=True)
