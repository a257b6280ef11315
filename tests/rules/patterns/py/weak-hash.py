import hashlib

# ruleid: weak-hash
print(hashlib.md5(data).hexdigest())

# ruleid: weak-hash
print(hashlib.new("sha1", data).hexdigest())

# ok: weak-hash
print(hashlib.sha256(data).hexdigest())

# ok: weak-hash
print(hashlib.md5(data, usedforsecurity=False).hexdigest())


def sign(document):
    # ruleid: weak-hash
    digest = hashlib.new("sha1")
    digest.update(document)
    return digest.hexdigest()


def cache_key(name):
    # ok: weak-hash
    return hashlib.md5(name.encode()).hexdigest()


def respond(body):
    # ok: weak-hash
    etag = hashlib.md5(body).hexdigest()
    return etag
