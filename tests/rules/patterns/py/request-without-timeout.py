import urllib.request

import httpx
import requests

# ruleid: request-without-timeout
answer = requests.get(url)

# ruleid: request-without-timeout
answer = requests.post(url, json={"a": 1})

# ruleid: request-without-timeout
client = httpx.AsyncClient(timeout=None)

# ruleid: request-without-timeout
answer = urllib.request.urlopen(url)

# ok: request-without-timeout
answer = requests.get(url, timeout=10)

# ok: request-without-timeout
answer = requests.post(url, json={"a": 1}, **options)

# ok: request-without-timeout
client = httpx.AsyncClient()

# ok: request-without-timeout
answer = urllib.request.urlopen(url, timeout=10)
