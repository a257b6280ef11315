from flask import request
from flask_login import current_user


def panel():
    # ruleid: right-from-client
    if request.json.get("is_admin"):
        return "secret"
    # ruleid: right-from-client
    if request.cookies["role"] == "admin":
        return "secret"
    data = request.get_json()
    # ruleid: right-from-client
    if data["access_level"] > 3:
        return "secret"
    return "open"


def proper():
    # ok: right-from-client
    if not current_user.is_admin:
        return "no"
    # ok: right-from-client
    return request.json.get("role")


def named(settings):
    # ok: right-from-client
    return settings["role"], request.json["name"]
