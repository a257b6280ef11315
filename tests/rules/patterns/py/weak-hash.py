import hashlib

# ruleid: weak-hash
print(hashlib.md5(data).hexdigest())

# ruleid: weak-hash
print(hashlib.new("sha1", data).hexdigest())

# ok: weak-hash
print(hashlib.sha256(data).hexdigest())

# ok: weak-hash
print(hashlib.md5(data, usedforsecurity=False).hexdigest())
