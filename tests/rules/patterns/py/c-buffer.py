import ctypes

library = ctypes.CDLL("libc.so.6")


def copy(data):
    buffer = ctypes.create_string_buffer(16)
    # ruleid: c-buffer
    ctypes.memmove(buffer, data, len(data))
    return buffer.raw


def copy_text(text):
    buffer = ctypes.create_string_buffer(16)
    # ruleid: c-buffer
    library.strcpy(buffer, text)
    return buffer.value


def copy_safely(data):
    buffer = ctypes.create_string_buffer(16)
    if len(data) > ctypes.sizeof(buffer):
        raise ValueError("too long")
    # ok: c-buffer
    ctypes.memmove(buffer, data, len(data))
    return buffer.raw


def copy_whole(data):
    buffer = ctypes.create_string_buffer(len(data))
    # ok: c-buffer
    ctypes.memmove(buffer, data, len(data))
    return buffer.raw


def length(text):
    # ok: c-buffer
    return library.strlen(text)


def read_memory(address, size):
    # ruleid: c-buffer
    return ctypes.string_at(address, size)


def read_name(pointer):
    # ok: c-buffer
    return ctypes.string_at(pointer)
