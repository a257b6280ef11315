import hashlib
import os

import bcrypt
from cryptography.hazmat.primitives.kdf.pbkdf2 import PBKDF2HMAC


def derive(password):
    salt = "mysalt"
    # ruleid: static-salt
    return hashlib.pbkdf2_hmac("sha256", password, salt.encode(), 600_000)


# ruleid: static-salt
key = hashlib.scrypt(password, salt=b"pepper", n=2**15, r=8, p=1)

# ruleid: static-salt
kdf = PBKDF2HMAC(algorithm=algorithm, length=32, salt=b"\x00" * 16, iterations=600_000)

# ruleid: static-salt
stored = bcrypt.hashpw(password, b"$2b$12$KIXQzYJ0Z8qX4b1u9o0r5e")


def derive_safely(password):
    salt = os.urandom(16)
    # ok: static-salt
    return salt + hashlib.pbkdf2_hmac("sha256", password, salt, 600_000)


# ok: static-salt
key = hashlib.scrypt(password, salt=stored_salt, n=2**15, r=8, p=1)

# ok: static-salt
kdf = PBKDF2HMAC(algorithm=algorithm, length=32, salt=os.urandom(16), iterations=600_000)

# ok: static-salt
stored = bcrypt.hashpw(password, bcrypt.gensalt())

# ok: static-salt
key = hashlib.pbkdf2_hmac("sha256", password, user.salt.encode(), 600_000)
