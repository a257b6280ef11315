import ast
import os

import requests

with open("settings.txt") as stream:
    # ruleid: code-from-elsewhere
    settings = eval(stream.read())
# ruleid: code-from-elsewhere
exec(requests.get("https://example.com/a.py").text)
# ruleid: code-from-elsewhere
limit = eval(os.environ["LIMIT"])
# ok: code-from-elsewhere
number = eval("1 + 1")
# ok: code-from-elsewhere
values = ast.literal_eval(os.environ["VALUES"])
# ok: code-from-elsewhere
limit = int(os.environ["LIMIT"])
