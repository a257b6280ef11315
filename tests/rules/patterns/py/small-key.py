from Crypto.PublicKey import RSA
from cryptography.hazmat.primitives.asymmetric import dsa, ec, rsa

# ruleid: small-key
key = rsa.generate_private_key(public_exponent=65537, key_size=1024)

# ruleid: small-key
key = RSA.generate(1024)

# ruleid: small-key
key = dsa.generate_private_key(key_size=1024)

# ruleid: small-key
key = ec.generate_private_key(ec.SECP192R1())

# ok: small-key
key = rsa.generate_private_key(public_exponent=65537, key_size=3072)

# ok: small-key
key = RSA.generate(2048)

# ok: small-key
key = dsa.generate_private_key(key_size=2048)

# ok: small-key
key = ec.generate_private_key(ec.SECP256R1())
