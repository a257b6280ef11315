from datetime import datetime, timedelta

# ruleid: session-too-long
app.config["PERMANENT_SESSION_LIFETIME"] = timedelta(days=365)

# ruleid: session-too-long
claims = {"sub": user.id, "exp": datetime.now() + timedelta(days=365)}

# ruleid: session-too-long
app.config["JWT_ACCESS_TOKEN_EXPIRES"] = False

# ok: session-too-long
app.config["PERMANENT_SESSION_LIFETIME"] = timedelta(days=1)

# ok: session-too-long
claims = {"sub": user.id, "exp": datetime.now() + timedelta(minutes=15)}

# ok: session-too-long
retention = timedelta(days=365)
