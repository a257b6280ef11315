import hmac

from flask import request


@app.route("/webhook", methods=["POST"])
# ruleid: webhook-unsigned
def paid():
    mark_paid(request.get_json()["order"])
    return "", 204


@app.route("/webhook/signed", methods=["POST"])
# ok: webhook-unsigned
def paid_signed():
    if not hmac.compare_digest(expected(request.data), request.headers["X-Sum"]):
        return "", 403
    return "", 204


@app.route("/orders", methods=["POST"])
# ok: webhook-unsigned
def order():
    return "", 204
