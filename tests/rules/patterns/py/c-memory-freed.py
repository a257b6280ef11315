import ctypes

library = ctypes.CDLL("libc.so.6")


def twice():
    pointer = library.malloc(16)
    # ruleid: c-memory-freed
    library.free(pointer)
    library.free(pointer)


def later():
    pointer = library.malloc(16)
    # ruleid: c-memory-freed
    library.free(pointer)
    ctypes.memset(pointer, 0, 16)


def once():
    pointer = library.malloc(16)
    ctypes.memset(pointer, 0, 16)
    # ok: c-memory-freed
    library.free(pointer)


def two():
    first, second = library.malloc(16), library.malloc(16)
    # ok: c-memory-freed
    library.free(first)
    library.free(second)
