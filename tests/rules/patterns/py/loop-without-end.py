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
