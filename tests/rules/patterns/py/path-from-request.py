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


@app.get("/download")
async def download(filename: str):
    target = STORAGE / filename
    if not target.exists():
        raise HTTPException(status_code=404)
    # ruleid: path-from-request
    return FileResponse(target)


@app.get("/letters")
async def letters(name: str):
    if not name.isalnum():
        raise HTTPException(status_code=404)
    # ok: path-from-request
    return FileResponse(STORAGE / name)


class Server(SimpleHTTPRequestHandler):
    def do_GET(self):
        # ruleid: path-from-request
        with open("." + self.path, "rb") as stream:
            self.wfile.write(stream.read())

    def do_POST(self):
        # ok: path-from-request
        with open("posted.log", "rb") as stream:
            self.wfile.write(stream.read())


class Attachment(View):
    def get(self, request, *args, **kwargs):
        # ruleid: path-from-request
        return FileResponse(open(os.path.join(self.base, kwargs["name"]), "rb"))

    def post(self, request, name):
        # ok: path-from-request
        return FileResponse(open(os.path.join(self.base, secure_filename(name)), "rb"))


def page():
    # ruleid: path-from-request
    return flask.render_template(request.args["page"] + ".html")


def fixed_page():
    # ok: path-from-request
    return flask.render_template("page.html", name=request.args["page"])


@app.post("/folders/{folder}")
async def folders(folder: str):
    if re.fullmatch(r"[a-z]+", folder) is None:
        raise HTTPException(400)
    # ok: path-from-request
    return os.listdir(os.path.join("/srv", folder))


@app.post("/any-folder")
async def any_folder(folder: str):
    if folder is None:
        raise HTTPException(400)
    # ruleid: path-from-request
    return os.listdir(os.path.join("/srv", folder))


@app.get("/shared/<folder>/<name>")
def shared(folder, name):
    # ruleid: path-from-request
    return send_from_directory(request.args["folder"], name)


@app.get("/public/<name>")
def public(name):
    # ok: path-from-request
    return send_from_directory("/srv/public", request.args["name"])
