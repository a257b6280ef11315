import re

from flask import request


def grep(text):
    pattern = request.args.get("pattern")
    # ruleid: pattern-from-request
    found = re.findall(pattern, text)
    # ruleid: pattern-from-request
    again = re.compile(request.form["re"])
    # ruleid: pattern-from-request
    third = re.search(f"^{pattern}$", text)
    # ok: pattern-from-request
    fourth = re.search(re.escape(request.args["q"]), text)
    # ok: pattern-from-request
    return re.findall("[a-z]+", request.args["q"]), found, again, third, fourth


def plain(pattern, text):
    # ok: pattern-from-request
    return re.search(pattern, text)


def found():
    data = request.get_json()
    pattern = data["pattern"]
    # ruleid: pattern-from-request
    return re.findall(pattern, TEXT)


def found_literally():
    data = request.get_json()
    # ok: pattern-from-request
    return re.findall(re.escape(data["pattern"]), TEXT)
