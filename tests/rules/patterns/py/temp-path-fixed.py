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
