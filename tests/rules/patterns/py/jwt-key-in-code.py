import os

import jwt

SECRET = "correct horse"

# ruleid: jwt-key-in-code
text = jwt.encode(claims, "secret", algorithm="HS256")

# ruleid: jwt-key-in-code
claims = jwt.decode(text, SECRET, algorithms=["HS256"])

# ok: jwt-key-in-code
text = jwt.encode(claims, os.environ["JWT_KEY"], algorithm="HS256")

# ok: jwt-key-in-code
claims = jwt.decode(text, settings.JWT_KEY, algorithms=["HS256"])
