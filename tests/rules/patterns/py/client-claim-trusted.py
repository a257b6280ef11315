from flask import request


def allowed():
    # ruleid: client-claim-trusted
    return request.headers.get("X-Forwarded-For") == "10.0.0.1"


def is_admin():
    # ruleid: client-claim-trusted
    return request.cookies.get("is_admin") == "true"


def from_us():
    address = request.headers.get("X-Real-IP")
    # ruleid: client-claim-trusted
    return address == "127.0.0.1"


def allowed_safely(session):
    # ok: client-claim-trusted
    return session["user"] in administrators


def wants_json():
    # ok: client-claim-trusted
    return request.headers.get("Accept") == "application/json"


def dark():
    # ok: client-claim-trusted
    return request.cookies.get("theme") == "dark"
