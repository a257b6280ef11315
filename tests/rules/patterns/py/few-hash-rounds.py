import hashlib

import bcrypt
from cryptography.hazmat.primitives.kdf.pbkdf2 import PBKDF2HMAC

# ruleid: few-hash-rounds
key = hashlib.pbkdf2_hmac("sha256", password, salt, 1000)

# ruleid: few-hash-rounds
kdf = PBKDF2HMAC(algorithm=algorithm, length=32, salt=salt, iterations=10000)

# ruleid: few-hash-rounds
stored = bcrypt.hashpw(password, bcrypt.gensalt(4))

# ruleid: few-hash-rounds
key = hashlib.scrypt(password, salt=salt, n=1024, r=8, p=1)

# ok: few-hash-rounds
key = hashlib.pbkdf2_hmac("sha256", password, salt, 600_000)

# ok: few-hash-rounds
kdf = PBKDF2HMAC(algorithm=algorithm, length=32, salt=salt, iterations=480000)

# ok: few-hash-rounds
stored = bcrypt.hashpw(password, bcrypt.gensalt(12))

# ok: few-hash-rounds
key = hashlib.scrypt(password, salt=salt, n=2**15, r=8, p=1)
