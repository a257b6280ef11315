import subprocess

from flask import request


def log():
    ref = request.args.get("ref")
    # ruleid: argument-from-request
    text = subprocess.check_output(["git", "log", ref])
    # ruleid: argument-from-request
    subprocess.run(["tar", "xf", request.form["name"]], check=True)
    # ok: argument-from-request
    subprocess.run(["git", "log", "--", ref], check=True)
    # ok: argument-from-request
    subprocess.run(["git", "status"], check=True)
    return text


def plain(ref):
    # ok: argument-from-request
    return subprocess.check_output(["git", "log", ref])
