import os

# ruleid: umask-open
os.umask(0)

# ruleid: umask-open
os.umask(0o000)

# ok: umask-open
os.umask(0o077)

# ok: umask-open
os.umask(0o022)


def mask():
    # ok: umask-open
    current = os.umask(0)
    os.umask(current)
    return current
