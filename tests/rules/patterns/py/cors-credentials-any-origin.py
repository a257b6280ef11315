from fastapi.middleware.cors import CORSMiddleware
from flask import request
from flask_cors import CORS

# ruleid: cors-credentials-any-origin
app.add_middleware(CORSMiddleware, allow_origins=["*"], allow_credentials=True)

# ruleid: cors-credentials-any-origin
CORS(app, supports_credentials=True)

# ruleid: cors-credentials-any-origin
response.headers["Access-Control-Allow-Origin"] = request.headers.get("Origin")

# ok: cors-credentials-any-origin
app.add_middleware(CORSMiddleware, allow_origins=["https://app.example.com"], allow_credentials=True)

# ok: cors-credentials-any-origin
app.add_middleware(CORSMiddleware, allow_origins=["*"])

# ok: cors-credentials-any-origin
CORS(app, origins=["https://app.example.com"], supports_credentials=True)
