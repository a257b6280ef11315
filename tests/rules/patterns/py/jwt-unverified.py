import jwt
from jose import jwt as jose_jwt

# ruleid: jwt-unverified
claims = jwt.decode(token, options={"verify_signature": False})

# ruleid: jwt-unverified
claims = jwt.decode(token, key, verify=False)

# ruleid: jwt-unverified
claims = jose_jwt.get_unverified_claims(token)

# ok: jwt-unverified
claims = jwt.decode(token, key, algorithms=["HS256"])

# ok: jwt-unverified
claims = jwt.decode(token, key, algorithms=["RS256"], options={"require": ["exp"]})

# ok: jwt-unverified
header = jwt.get_unverified_header(token)
