from Crypto.Cipher import PKCS1_OAEP, PKCS1_v1_5
from cryptography.hazmat.primitives.asymmetric import padding

# ruleid: rsa-without-oaep
sealed = key.encrypt(data, padding.PKCS1v15())

# ruleid: rsa-without-oaep
cipher = PKCS1_v1_5.new(key)


def rsa_encrypt(message, exponent, modulus):
    # ruleid: rsa-without-oaep
    return pow(message, exponent, modulus)


# ok: rsa-without-oaep
sealed = key.encrypt(data, padding.OAEP(mgf, algorithm, None))

# ok: rsa-without-oaep
cipher = PKCS1_OAEP.new(key)

# ok: rsa-without-oaep
signature = key.sign(data, padding.PKCS1v15(), digest)


def modular_inverse(value, modulus):
    # ok: rsa-without-oaep
    return pow(value, -1, modulus)
