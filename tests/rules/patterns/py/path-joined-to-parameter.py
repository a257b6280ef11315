import os

BASE = "/var/www/files"


def read_user_file(filename):
    path = os.path.join(BASE, filename)
    # ruleid: path-joined-to-parameter
    with open(path) as stream:
        return stream.read()


def remove(username):
    # ruleid: path-joined-to-parameter
    os.remove(os.path.join(BASE, username))


def cleaned(filename):
    path = os.path.join(BASE, os.path.basename(filename))
    # ok: path-joined-to-parameter
    with open(path) as stream:
        return stream.read()


def given(path):
    # ok: path-joined-to-parameter
    with open(path) as stream:
        return stream.read()


def compared(filename):
    path = os.path.realpath(os.path.join(BASE, filename))
    if not path.startswith(BASE + os.sep):
        raise ValueError(filename)
    # ok: path-joined-to-parameter
    with open(path) as stream:
        return stream.read()
