import os

from Crypto.Cipher import AES, ARC4, DES, DES3
from cryptography.hazmat.primitives.ciphers import algorithms
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

# ruleid: weak-cipher
cipher = DES.new(key, DES.MODE_CBC, iv)

# ruleid: weak-cipher
cipher = DES3.new(key, DES3.MODE_CBC, iv)

# ruleid: weak-cipher
cipher = ARC4.new(key)

# ruleid: weak-cipher
algorithm = algorithms.Blowfish(key)

# ok: weak-cipher
cipher = AES.new(key, AES.MODE_GCM)

# ok: weak-cipher
algorithm = algorithms.AES(key)

# ok: weak-cipher
sealed = AESGCM(key).encrypt(os.urandom(12), data, None)

# ok: weak-cipher
name = "DES"
