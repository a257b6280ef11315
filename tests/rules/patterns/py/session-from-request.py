from flask import request, session


def enter():
    # ruleid: session-from-request
    session["sid"] = request.args.get("sid")
    # ok: session-from-request
    session["theme"] = "dark"


def choose():
    language = request.form["language"]
    # ruleid: session-from-request
    session["language"] = language


def checked():
    language = request.form["language"]
    if language not in LANGUAGES:
        return "no"
    # ok: session-from-request
    session["language"] = language
    return "ok"
