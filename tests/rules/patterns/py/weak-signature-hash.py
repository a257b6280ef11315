import hashlib
import hmac

from cryptography.hazmat.primitives import hashes


def sign(message, key):
    # ruleid: weak-signature-hash
    return hashlib.md5(key + message).hexdigest()


def auth_tag(message, key):
    # ruleid: weak-signature-hash
    return hmac.new(key, message, hashlib.md5).hexdigest()


# ruleid: weak-signature-hash
signature = private_key.sign(message, scheme, hashes.MD5())

# ruleid: weak-signature-hash
session_id = hashlib.sha1(str(user.id).encode()).hexdigest()


def sign_safely(message, key):
    # ok: weak-signature-hash
    return hmac.new(key, message, hashlib.sha256).hexdigest()


# ok: weak-signature-hash
signature = private_key.sign(message, scheme, hashes.SHA256())

# ok: weak-signature-hash
etag = hashlib.md5(content).hexdigest()

# ok: weak-signature-hash
token = hashlib.md5(content, usedforsecurity=False).hexdigest()
