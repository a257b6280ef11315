from flask import request


def show(user):
    template = request.args.get("template")
    # ruleid: format-from-request
    text = template.format(user=user)
    # ruleid: format-from-request
    again = request.form["t"].format(user)
    # ok: format-from-request
    return "{} {}".format(template, user), text, again


def plain(template, user):
    # ok: format-from-request
    return template.format(user=user)
