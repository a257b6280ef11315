from flask_cors import CORS

# ruleid: cors-any-origin
CORS(app)

# ruleid: cors-any-origin
CORS_ALLOW_ALL_ORIGINS = True

# ruleid: cors-any-origin
response.headers["Access-Control-Allow-Origin"] = "*"

# ok: cors-any-origin
CORS(app, origins=["https://app.example.com"])

# ok: cors-any-origin
CORS_ALLOW_ALL_ORIGINS = False

# ok: cors-any-origin
response.headers["Access-Control-Allow-Origin"] = "https://app.example.com"
