import os

# ruleid: secret-file-readable
os.chmod(key_path, 0o644)

# ruleid: secret-file-readable
descriptor = os.open("/etc/app/server.key", os.O_WRONLY | os.O_CREAT, 0o644)

# ok: secret-file-readable
os.chmod(key_path, 0o600)

# ok: secret-file-readable
os.chmod(public_key_path, 0o644)

# ok: secret-file-readable
os.chmod(page_path, 0o644)
