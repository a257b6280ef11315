import os

# ruleid: secret-key-in-code
app.config["SECRET_KEY"] = "dev"

# ruleid: secret-key-in-code
app.secret_key = b"\x12\x34\x56\x78"

# ruleid: secret-key-in-code
SECRET_KEY = "django-insecure-1234"

# ruleid: secret-key-in-code
app.config["SECRET_KEY"] = os.environ.get("SECRET_KEY", "fallback")

# ok: secret-key-in-code
app.config["SECRET_KEY"] = os.environ["SECRET_KEY"]

# ok: secret-key-in-code
app.secret_key = load_key()

# ok: secret-key-in-code
SECRET_KEY = ""

# ok: secret-key-in-code
SECRET_KEY_FIELD = "secret"
