import os
import secrets

# ruleid: short-token
reset_token = secrets.token_hex(4)


def generate_token():
    # ruleid: short-token
    return secrets.token_urlsafe(6)


# ruleid: short-token
app.secret_key = os.urandom(8)

# ruleid: short-token
salt = os.urandom(4)

# ok: short-token
reset_token = secrets.token_hex(16)

# ok: short-token
suffix = secrets.token_hex(4)

# ok: short-token
app.secret_key = os.environ["SECRET_KEY"]

# ok: short-token
salt = os.urandom(16)
