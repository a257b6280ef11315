import time

from flask import request


def pad():
    count = int(request.args.get("n"))
    # ruleid: size-from-request
    text = "x" * count
    # ruleid: size-from-request
    time.sleep(int(request.args["s"]))
    # ruleid: size-from-request
    return text, [n for n in range(count)]


def limited():
    count = min(int(request.args.get("n")), 100)
    # ok: size-from-request
    return "x" * count


def refused():
    count = int(request.args.get("n"))
    if count > 100:
        return "too many"
    # ok: size-from-request
    return list(range(count))


def plain(count):
    # ok: size-from-request
    return "x" * count
