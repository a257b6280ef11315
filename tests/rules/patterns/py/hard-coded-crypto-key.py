import hmac
import os

from Crypto.Cipher import AES
from cryptography.fernet import Fernet

KEY = b"ZmDfcTF7_60GrrY167zsiPd67pEvs0aGOv2oasOM1Pg="


def encrypt(data):
    # ruleid: hard-coded-crypto-key
    return Fernet(KEY).encrypt(data)


# ruleid: hard-coded-crypto-key
cipher = AES.new(b"Sixteen byte key", AES.MODE_GCM)

# ruleid: hard-coded-crypto-key
tag = hmac.new("shared".encode(), message, "sha256")

# ok: hard-coded-crypto-key
box = Fernet(os.environ["DATA_KEY"])

# ok: hard-coded-crypto-key
cipher = AES.new(key, AES.MODE_GCM)

# ok: hard-coded-crypto-key
tag = hmac.new(settings.key.encode(), message, "sha256")
