import threading

total = 0
lock = threading.Lock()


def add(amount):
    global total
    # ruleid: shared-without-lock
    total += amount


def add_safely(amount):
    global total
    with lock:
        # ok: shared-without-lock
        total += amount


threading.Thread(target=add, args=(1,)).start()


class Counter:
    def increment(self):
        # ruleid: shared-without-lock
        current = self.value
        self.value = current + 1


class Locked:
    def increment(self):
        with self.lock:
            # ok: shared-without-lock
            current = self.value
            self.value = current + 1
