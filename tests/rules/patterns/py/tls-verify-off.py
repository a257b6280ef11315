import ssl

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
context = ssl._create_unverified_context()

# ok: tls-verify-off
requests.get("https://api.internal", timeout=3)

# ok: tls-verify-off
requests.get("https://api.internal", verify="/etc/ssl/company-ca.pem", timeout=3)

# ok: tls-verify-off
audit.record("client", verify=False)

# ok: tls-verify-off
context = ssl.create_default_context()
