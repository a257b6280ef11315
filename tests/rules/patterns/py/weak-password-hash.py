import hashlib

import bcrypt
from Crypto.Hash import MD5


def hash_password(password):
    # ruleid: weak-password-hash
    return hashlib.md5(password.encode()).hexdigest()


def hash_salted(password, salt):
    # ruleid: weak-password-hash
    return hashlib.sha256((salt + password).encode("utf-8")).hexdigest()


def hash_stepwise(user, salt):
    digest = hashlib.sha512()
    digest.update(salt)
    # ruleid: weak-password-hash
    digest.update(user.password.encode())
    return digest.hexdigest()


def hash_posted(request):
    # ruleid: weak-password-hash
    return hashlib.sha1(request.form["password"].encode()).hexdigest()


def hash_elsewhere(pwd):
    # ruleid: weak-password-hash
    return MD5.new(pwd.encode()).hexdigest()


def hash_safely(password):
    # ok: weak-password-hash
    return bcrypt.hashpw(password.encode(), bcrypt.gensalt())


def hash_slowly(password, salt):
    # ok: weak-password-hash
    return hashlib.pbkdf2_hmac("sha256", password.encode(), salt, 600_000)


def hash_hard(password, salt):
    # ok: weak-password-hash
    return hashlib.scrypt(password.encode(), salt=salt, n=2**15, r=8, p=1)


def checksum(content):
    # ok: weak-password-hash
    return hashlib.sha256(content).hexdigest()


def cache_name(path):
    # ok: weak-password-hash
    return hashlib.md5(path.encode(), usedforsecurity=False).hexdigest()
