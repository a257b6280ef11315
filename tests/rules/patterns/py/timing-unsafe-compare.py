import hashlib
import hmac
import os


def verify(payload, signature, key):
    expected = hmac.new(key, payload, hashlib.sha256).hexdigest()
    # ruleid: timing-unsafe-compare
    return expected == signature


def verify_at_once(payload, given, key):
    # ruleid: timing-unsafe-compare
    return hmac.new(key, payload, hashlib.sha256).hexdigest() == given


def allowed(token):
    # ruleid: timing-unsafe-compare
    return token == os.environ["API_TOKEN"]


def allowed_header(request):
    # ruleid: timing-unsafe-compare
    return request.headers.get("X-API-Key") == API_KEY


def verify_safely(payload, signature, key):
    expected = hmac.new(key, payload, hashlib.sha256).hexdigest()
    # ok: timing-unsafe-compare
    return hmac.compare_digest(expected, signature)


def same_file(path, expected):
    # ok: timing-unsafe-compare
    return hashlib.sha256(path.read_bytes()).hexdigest() == expected


def in_production():
    # ok: timing-unsafe-compare
    return os.environ["APP_ENV"] == "production"


def missing(signature):
    # ok: timing-unsafe-compare
    return signature == ""


def called(request):
    given = request.headers.get("X-Api-Key")
    # ruleid: timing-unsafe-compare
    return given == SERVICE_KEY


def asked(request):
    given = request.headers.get("Accept-Language")
    # ok: timing-unsafe-compare
    return given == DEFAULT_LANGUAGE
