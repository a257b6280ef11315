import gzip
import zipfile

from flask import request


def unpack(path, folder):
    with zipfile.ZipFile(path) as archive:
        # ruleid: archive-size-unchecked
        archive.extractall(folder)


def body():
    # ruleid: archive-size-unchecked
    return gzip.decompress(request.data)


def unpack_safely(path, folder):
    with zipfile.ZipFile(path) as archive:
        if sum(info.file_size for info in archive.infolist()) > 100_000_000:
            raise ValueError("too large")
        # ok: archive-size-unchecked
        archive.extractall(folder)


def own(path):
    # ok: archive-size-unchecked
    return gzip.decompress(path.read_bytes())
