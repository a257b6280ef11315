import requests
from flask import request

# ruleid: password-in-url
password = request.args.get("password")

# ruleid: password-in-url
requests.get("https://example.com/login", params={"user": user, "password": password}, timeout=5)

# ruleid: password-in-url
requests.get(f"https://example.com/login?user={user}&password={password}", timeout=5)

# ok: password-in-url
password = request.form["password"]

# ok: password-in-url
requests.post("https://example.com/login", json={"user": user, "password": password}, timeout=5)

# ok: password-in-url
requests.get(f"https://example.com/users?name={user}", timeout=5)

# ok: password-in-url
name = request.args.get("name")


def authenticate(user, password):
    # ruleid: password-in-url
    return requests.get("https://auth.example.com/login?user=" + user + "&password=" + password, timeout=5)


def page(number):
    # ok: password-in-url
    return requests.get("https://news.example.com/list?user=me&page=" + number, timeout=5)
