import hashlib
import time
import uuid


def reset_token(user):
    # ruleid: predictable-token
    return str(uuid.uuid1())


# ruleid: predictable-token
session_id = hashlib.md5(str(time.time()).encode()).hexdigest()


def api_key(user):
    # ruleid: predictable-token
    token = f"{user.id}-{int(time.time())}"
    return token


# ok: predictable-token
token = str(uuid.uuid4())

# ok: predictable-token
record_id = uuid.uuid1()

# ok: predictable-token
started = str(time.time())

# ok: predictable-token
name = f"report-{int(time.time())}.csv"
