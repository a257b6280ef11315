import os

import aiohttp
import boto3
import httpx
import requests

# ruleid: tls-verify-off
requests.get("https://api.internal", timeout=3, verify=False)

# ruleid: tls-verify-off
client = httpx.Client(verify=False)

session = requests.Session()
# ruleid: tls-verify-off
session.verify = False

# ruleid: tls-verify-off
session.post("https://api.internal", json={}, verify=False, timeout=3)

# ruleid: tls-verify-off
storage = boto3.client("s3", verify=False)

# ruleid: tls-verify-off
os.environ["PYTHONHTTPSVERIFY"] = "0"


async def fetch(url):
    # ruleid: tls-verify-off
    async with aiohttp.ClientSession(connector=aiohttp.TCPConnector(ssl=False)) as web:
        # ruleid: tls-verify-off
        return await web.get(url, ssl=False)


# ok: tls-verify-off
requests.get("https://api.internal", timeout=3)

# ok: tls-verify-off
requests.get("https://api.internal", verify="/etc/ssl/company-ca.pem", timeout=3)

# ok: tls-verify-off
audit.record("client", verify=False)

# ok: tls-verify-off
client = httpx.Client(verify=True)

# ok: tls-verify-off
session.verify = "/etc/ssl/company-ca.pem"

# ok: tls-verify-off
archive.get("report", verify=False)

# ok: tls-verify-off
connector = aiohttp.TCPConnector(limit=10)

# ok: tls-verify-off
storage = boto3.client("s3")
