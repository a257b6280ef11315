# ruleid: cookie-protection-off
response.set_cookie("session", value, secure=False, httponly=True)

# ruleid: cookie-protection-off
response.set_cookie("session", value, secure=True, httponly=False)

# ruleid: cookie-protection-off
SESSION_COOKIE_SECURE = False

# ruleid: cookie-protection-off
app.config["SESSION_COOKIE_HTTPONLY"] = False

# ruleid: cookie-protection-off
app.config.update(SESSION_COOKIE_SECURE=False)

# ok: cookie-protection-off
response.set_cookie("session", value, secure=True, httponly=True, samesite="Lax")

# ok: cookie-protection-off
SESSION_COOKIE_SECURE = True

# ok: cookie-protection-off
app.config["SESSION_COOKIE_HTTPONLY"] = True

# ok: cookie-protection-off
app.config.update(SESSION_COOKIE_SECURE=True)

# ok: cookie-protection-off
record.store("session", secure=False)
