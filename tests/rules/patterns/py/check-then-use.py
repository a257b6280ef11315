import os


def read(path):
    # ruleid: check-then-use
    if os.access(path, os.R_OK):
        with open(path) as file:
            return file.read()
    return None


def create(path):
    # ruleid: check-then-use
    if not os.path.exists(path):
        with open(path, "w") as file:
            file.write("")


def read_safely(path):
    # ok: check-then-use
    try:
        with open(path) as file:
            return file.read()
    except FileNotFoundError:
        return None


def create_safely(path):
    # ok: check-then-use
    with open(path, "x") as file:
        file.write("")
