import os
from pathlib import Path

from fastapi import FastAPI
from fastapi.responses import FileResponse
from flask import abort, request, send_file, send_from_directory
from werkzeug.utils import secure_filename

api = FastAPI()
BASE = Path("/srv/files").resolve()


def download():
    # ruleid: path-from-request
    return send_file("uploads/" + request.args.get("file"))


def read():
    path = os.path.join("/var/data", request.args["name"])
    # ruleid: path-from-request
    with open(path) as stream:
        return stream.read()


@api.get("/files/{name:path}")
async def get_file(name: str):
    # ruleid: path-from-request
    return FileResponse(f"/srv/files/{name}")


def delete(request):
    # ruleid: path-from-request
    os.remove(os.path.join("media", request.POST["name"]))


def folder():
    # ok: path-from-request
    return send_from_directory("uploads", secure_filename(request.args["file"]))


def secure():
    # ok: path-from-request
    with open(os.path.join("/var/data", secure_filename(request.args["name"]))) as stream:
        return stream.read()


def compared():
    path = (BASE / request.args["name"]).resolve()
    if not path.is_relative_to(BASE):
        abort(404)
    # ok: path-from-request
    return path.read_text()


def prefixed():
    path = os.path.realpath(os.path.join("/srv/files", request.args["name"]))
    if not path.startswith("/srv/files" + os.sep):
        abort(404)
    # ok: path-from-request
    with open(path) as stream:
        return stream.read()


def given(path):
    # ok: path-from-request
    with open(path) as stream:
        return stream.read()
