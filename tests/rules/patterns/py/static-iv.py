import os

from Crypto.Cipher import AES
from cryptography.hazmat.primitives.ciphers import modes
from cryptography.hazmat.primitives.ciphers.aead import AESGCM


def encrypt(key, data):
    iv = b"0000000000000000"
    # ruleid: static-iv
    return AES.new(key, AES.MODE_CBC, iv).encrypt(data)


# ruleid: static-iv
cipher = AES.new(key, AES.MODE_CBC, iv=b"\x00" * 16)

# ruleid: static-iv
mode = modes.CBC(b"1234567890123456")

# ruleid: static-iv
sealed = AESGCM(key).encrypt(bytes(12), data, None)

# ruleid: static-iv
cipher = AES.new(key, AES.MODE_GCM, nonce=b"fixed nonce!")


def encrypt_safely(key, data):
    iv = os.urandom(16)
    # ok: static-iv
    return iv + AES.new(key, AES.MODE_CBC, iv).encrypt(data)


# ok: static-iv
cipher = AES.new(key, AES.MODE_GCM)

# ok: static-iv
mode = modes.CBC(os.urandom(16))

# ok: static-iv
sealed = AESGCM(key).encrypt(nonce, data, None)

# ok: static-iv
cipher = AES.new(key, AES.MODE_CBC, iv=message[:16])


def padded(key, data):
    iv = b"\x00" * 16
    # ruleid: static-iv
    return AES.new(key, AES.MODE_CBC, iv).encrypt(data)


class Box:
    IV = b"abcdefghijklmnop"

    def seal(self, key, data):
        # ruleid: static-iv
        return AES.new(key, AES.MODE_CBC, self.IV).encrypt(data)

    def seal_well(self, key, data):
        iv = os.urandom(16)
        # ok: static-iv
        return AES.new(key, AES.MODE_CBC, iv).encrypt(data)

    def open(self, key, data):
        iv = data[:16]
        # ok: static-iv
        return AES.new(key, AES.MODE_CBC, iv).decrypt(data[16:])
