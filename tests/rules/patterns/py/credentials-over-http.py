import requests

# ruleid: credentials-over-http
requests.post("http://api.example.com/login", data={"user": user, "password": password}, timeout=5)

# ruleid: credentials-over-http
requests.get("http://api.example.com/items", auth=(user, password), timeout=5)

# ruleid: credentials-over-http
requests.get("http://api.example.com/items", headers={"Authorization": f"Bearer {token}"}, timeout=5)

# ok: credentials-over-http
requests.post("https://api.example.com/login", data={"user": user, "password": password}, timeout=5)

# ok: credentials-over-http
requests.post("http://localhost:8000/login", data={"user": user, "password": password}, timeout=5)

# ok: credentials-over-http
requests.get("http://api.example.com/items", headers={"Accept": "text/html"}, timeout=5)

# ok: credentials-over-http
requests.get("http://api.example.com/items", timeout=5)
