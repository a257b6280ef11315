import json
import marshal
import pickle

import yaml

data = input().encode()

# ruleid: unsafe-deserialization
pickle.loads(data)

# ruleid: unsafe-deserialization
marshal.loads(data)

# ruleid: unsafe-deserialization
yaml.load(data)

# ruleid: unsafe-deserialization
yaml.load(data, Loader=yaml.Loader)

# ok: unsafe-deserialization
yaml.safe_load(data)

# ok: unsafe-deserialization
yaml.load(data, Loader=yaml.SafeLoader)

# ok: unsafe-deserialization
json.loads(data)

# ok: unsafe-deserialization
pickle.dumps(data)
