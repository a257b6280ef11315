from flask import make_response

# ruleid: session-cookie-bare
response.set_cookie("session_id", value)

# ruleid: session-cookie-bare
response.set_cookie(key="access_token", value=token, httponly=True)

# ok: session-cookie-bare
response.set_cookie("session_id", value, secure=True, httponly=True, samesite="Lax")

# ok: session-cookie-bare
response.set_cookie("theme", "dark")

# ok: session-cookie-bare
response.set_cookie("session_id", value, **options)
