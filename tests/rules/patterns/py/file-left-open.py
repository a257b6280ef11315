def lines(path):
    # ruleid: file-left-open
    file = open(path)
    return len(file.readlines())


def write(path, text):
    # ruleid: file-left-open
    file = open(path, "w")
    file.write(text)


def lines_safely(path):
    # ok: file-left-open
    with open(path) as file:
        return len(file.readlines())


def write_safely(path, text):
    # ok: file-left-open
    file = open(path, "w")
    try:
        file.write(text)
    finally:
        file.close()


def opened(path):
    # ok: file-left-open
    file = open(path)
    return file
