def wait():
    # ruleid: loop-without-end
    while True:
        pass


def fill(values):
    # ruleid: loop-without-end
    while True:
        values.append("x" * 1024)


def serve(queue):
    # ok: loop-without-end
    while True:
        handle(queue.get())


def count(values):
    # ok: loop-without-end
    while True:
        if not values:
            break
        values.pop()


def read_all(sock):
    data = b""
    # ruleid: loop-without-end
    while True:
        part = sock.recv(1024)
        data += part


def read_to_the_end(sock):
    data = b""
    # ok: loop-without-end
    while True:
        part = sock.recv(1024)
        if not part:
            return data
        data += part
