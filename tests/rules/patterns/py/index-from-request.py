from flask import request


def item(items):
    index = int(request.args.get("i"))
    # ruleid: index-from-request
    return items[index]


def direct(items):
    # ruleid: index-from-request
    return items[int(request.args["i"])]


def checked(items):
    index = int(request.args["i"])
    if not 0 <= index < len(items):
        return "no"
    # ok: index-from-request
    return items[index]


def plain(items, index):
    # ok: index-from-request
    return items[index]
