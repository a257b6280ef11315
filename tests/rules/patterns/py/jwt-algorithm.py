import jwt

# ruleid: jwt-algorithm
claims = jwt.decode(token, key, algorithms=["HS256", "none"])

# ruleid: jwt-algorithm
claims = jwt.decode(token, key, algorithms=[jwt.get_unverified_header(token)["alg"]])

# ruleid: jwt-algorithm
text = jwt.encode(claims, None, algorithm="none")

# ruleid: jwt-algorithm
claims = jwt.decode(token, key)

# ok: jwt-algorithm
claims = jwt.decode(token, key, algorithms=["HS256"])

# ok: jwt-algorithm
claims = jwt.decode(token, key, algorithms=ALGORITHMS)

# ok: jwt-algorithm
text = jwt.encode(claims, key, algorithm="HS256")

# ok: jwt-algorithm
kid = jwt.get_unverified_header(token)["kid"]
