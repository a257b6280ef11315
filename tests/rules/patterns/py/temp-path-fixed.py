import tempfile
from pathlib import Path

# ruleid: temp-path-fixed
file = open("/tmp/output.txt", "w")

# ruleid: temp-path-fixed
file = open(f"/tmp/{name}.log", "wb")

# ruleid: temp-path-fixed
Path("/tmp/state.json").write_text(state)

# ok: temp-path-fixed
file = open("/srv/output.txt", "w")

# ok: temp-path-fixed
file = open("/tmp/output.txt")

# ok: temp-path-fixed
file = tempfile.NamedTemporaryFile("w")


def dump(data, user):
    name = "/tmp/" + user + "_dump.json"
    # ruleid: temp-path-fixed
    with open(name, "w") as stream:
        stream.write(data)


def load(user):
    # ok: temp-path-fixed
    return open("/tmp/" + user, "r").read()
