import hmac
import json
import marshal
import pickle

import dill
import jsonpickle

data = input().encode()

# ruleid: unsafe-deserialization
pickle.loads(data)

# ruleid: unsafe-deserialization
marshal.loads(data)

# ruleid: unsafe-deserialization
dill.loads(data)

# ruleid: unsafe-deserialization
jsonpickle.decode(data)


def load_signed(data, signature, expected):
    if not hmac.compare_digest(signature, expected):
        raise ValueError("not ours")
    # ok: unsafe-deserialization
    return pickle.loads(data)


# ok: unsafe-deserialization
json.loads(data)

# ok: unsafe-deserialization
pickle.dumps(data)

# ok: unsafe-deserialization
copy = pickle.loads(pickle.dumps(data))
