import os
from uuid import uuid4

from flask import request
from werkzeug.utils import secure_filename


def upload():
    file = request.files["file"]
    # ruleid: upload-under-its-own-name
    file.save(os.path.join("uploads", file.filename))


def upload_path():
    file = request.files["file"]
    path = "uploads/" + file.filename
    # ruleid: upload-under-its-own-name
    file.save(path)


def write(file):
    # ruleid: upload-under-its-own-name
    with open(f"uploads/{file.filename}", "wb") as stream:
        stream.write(file.read())


def secure():
    file = request.files["file"]
    # ok: upload-under-its-own-name
    file.save(os.path.join("uploads", secure_filename(file.filename)))


def secure_name():
    file = request.files["file"]
    name = secure_filename(file.filename)
    # ok: upload-under-its-own-name
    file.save(os.path.join("uploads", name))


def own():
    file = request.files["file"]
    # ok: upload-under-its-own-name
    file.save(os.path.join("uploads", uuid4().hex))


async def store(file):
    target = f"/srv/static/{file.filename}"
    # ruleid: upload-under-its-own-name
    async with aiofiles.open(target, "wb") as out:
        await out.write(await file.read())


async def store_renamed(file):
    target = f"/srv/static/{uuid.uuid4().hex}"
    # ok: upload-under-its-own-name
    async with aiofiles.open(target, "wb") as out:
        await out.write(await file.read())
