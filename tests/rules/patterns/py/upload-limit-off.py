# ruleid: upload-limit-off
app.config["MAX_CONTENT_LENGTH"] = None

# ruleid: upload-limit-off
DATA_UPLOAD_MAX_MEMORY_SIZE = None

# ok: upload-limit-off
app.config["MAX_CONTENT_LENGTH"] = 16 * 1024 * 1024

# ok: upload-limit-off
DATA_UPLOAD_MAX_MEMORY_SIZE = 2621440
