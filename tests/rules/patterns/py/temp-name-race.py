import os
import tempfile

# ruleid: temp-name-race
name = tempfile.mktemp(suffix=".txt")

# ruleid: temp-name-race
name = os.tmpnam()

# ok: temp-name-race
handle, name = tempfile.mkstemp(suffix=".txt")

# ok: temp-name-race
file = tempfile.NamedTemporaryFile(delete=False)
