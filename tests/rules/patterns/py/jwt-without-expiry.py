import jwt

# ruleid: jwt-without-expiry
text = jwt.encode({"sub": user.id}, key, algorithm="HS256")


def make(user):
    claims = {"sub": user.id, "role": user.role}
    # ruleid: jwt-without-expiry
    return jwt.encode(claims, key, algorithm="HS256")


# ruleid: jwt-without-expiry
claims = jwt.decode(text, key, algorithms=["HS256"], options={"verify_exp": False})

# ok: jwt-without-expiry
text = jwt.encode({"sub": user.id, "exp": soon}, key, algorithm="HS256")


def make_short(user):
    claims = {"sub": user.id}
    claims["exp"] = soon
    # ok: jwt-without-expiry
    return jwt.encode(claims, key, algorithm="HS256")


def make_from(data):
    claims = data.copy()
    # ok: jwt-without-expiry
    return jwt.encode(claims, key, algorithm="HS256")


# ok: jwt-without-expiry
claims = jwt.decode(text, key, algorithms=["HS256"])
