import importlib

from flask import request


def load():
    # ruleid: name-from-request
    module = importlib.import_module(request.args["module"])
    name = request.args.get("func")
    # ruleid: name-from-request
    return getattr(module, name)()


def table():
    # ok: name-from-request
    return ACTIONS[request.args["func"]]()


def checked(module):
    name = request.args.get("func")
    if name not in ALLOWED:
        return "no"
    # ok: name-from-request
    return getattr(module, name)()


def plain(module, name):
    # ok: name-from-request
    return getattr(module, name)
