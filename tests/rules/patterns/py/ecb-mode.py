from Crypto.Cipher import AES
from cryptography.hazmat.primitives.ciphers import Cipher, algorithms, modes

# ruleid: ecb-mode
cipher = AES.new(key, AES.MODE_ECB)

# ruleid: ecb-mode
cipher = Cipher(algorithms.AES(key), modes.ECB())

# ok: ecb-mode
cipher = AES.new(key, AES.MODE_GCM)

# ok: ecb-mode
cipher = Cipher(algorithms.AES(key), modes.GCM(nonce))
