from flask import request


def average(total):
    count = int(request.args["count"])
    # ruleid: input-unchecked-number
    return total / count


def pick(names):
    index = int(input("Which? "))
    # ruleid: input-unchecked-number
    return names[index]


def fill():
    size = int(request.args["size"])
    # ruleid: input-unchecked-number
    return bytearray(size)


def average_safely(total):
    count = int(request.args["count"])
    if count < 1:
        raise ValueError("count")
    # ok: input-unchecked-number
    return total / count


def half(total):
    count = 2
    # ok: input-unchecked-number
    return total / count


def fill_safely():
    size = int(request.args["size"])
    if not 0 < size < 1000:
        raise ValueError("size")
    # ok: input-unchecked-number
    return bytearray(size)
