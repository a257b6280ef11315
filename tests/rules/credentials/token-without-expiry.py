import datetime

import jwt
from authlib.jose import jwt as other


def literal(user, key):
    # ruleid: token-without-expiry
    return jwt.encode({"sub": user.id, "admin": True}, key, algorithm="HS256")


def named(user, key):
    claims = {"sub": user.id, "iat": datetime.datetime.now()}
    # ruleid: token-without-expiry
    token = jwt.encode(claims, key, algorithm="HS256")
    return token


def of_gitlab(project):
    # ruleid: token-without-expiry
    return project.access_tokens.create({"name": "deploy", "scopes": ["api"]})


def with_expiry(user, key, soon):
    # ok: token-without-expiry
    return jwt.encode({"sub": user.id, "exp": soon}, key)


def added(user, key, soon):
    claims = {"sub": user.id}
    claims["exp"] = soon
    # ok: token-without-expiry
    return jwt.encode(claims, key)


def updated(user, key, more):
    claims = {"sub": user.id}
    claims.update(more)
    # ok: token-without-expiry
    return jwt.encode(claims, key)


def handed_on(user, key):
    claims = {"sub": user.id}
    stamp(claims)
    # ok: token-without-expiry
    return jwt.encode(claims, key)


def spread(user, key, base):
    # ok: token-without-expiry
    return jwt.encode({**base, "sub": user.id}, key)


def unknown(claims, key):
    # ok: token-without-expiry
    return jwt.encode(claims, key)


def header_first(claims, key):
    # ok: token-without-expiry
    return jwt.encode({"alg": "HS256"}, claims, key)


def until(project, day):
    # ok: token-without-expiry
    return project.access_tokens.create({"name": "deploy", "scopes": ["api"], "expires_at": day})


def something_else(text):
    # ok: token-without-expiry
    return text.encode({"sub": 1})
