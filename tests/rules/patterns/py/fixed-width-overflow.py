import ctypes

import numpy as np
from flask import request


def area(width, height):
    # ruleid: fixed-width-overflow
    return np.int32(width) * np.int32(height)


def total(first, second):
    # ruleid: fixed-width-overflow
    return ctypes.c_int(first + second).value


def size():
    # ruleid: fixed-width-overflow
    return np.int16(request.args["size"])


def area_safely(width, height):
    # ok: fixed-width-overflow
    return int(width) * int(height)


def total_safely(first, second):
    # ok: fixed-width-overflow
    return ctypes.c_int(first).value


def mean(values):
    # ok: fixed-width-overflow
    return np.mean(values)
