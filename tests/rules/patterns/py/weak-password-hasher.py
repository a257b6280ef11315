import crypt

from passlib.context import CryptContext
from passlib.hash import argon2, md5_crypt
from werkzeug.security import generate_password_hash

# ruleid: weak-password-hasher
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]

# ruleid: weak-password-hasher
stored = generate_password_hash(password, method="sha256")

# ruleid: weak-password-hasher
context = CryptContext(schemes=["md5_crypt"], deprecated="auto")

# ruleid: weak-password-hasher
stored = md5_crypt.hash(password)

# ruleid: weak-password-hasher
stored = crypt.crypt(password, "ab")

# ok: weak-password-hasher
PASSWORD_HASHERS = ["django.contrib.auth.hashers.Argon2PasswordHasher"]

# ok: weak-password-hasher
stored = generate_password_hash(password)

# ok: weak-password-hasher
stored = generate_password_hash(password, method="scrypt")

# ok: weak-password-hasher
context = CryptContext(schemes=["argon2", "md5_crypt"], deprecated="auto")

# ok: weak-password-hasher
stored = argon2.hash(password)
