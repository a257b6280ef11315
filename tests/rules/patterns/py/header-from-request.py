from flask import make_response, request


def language():
    resp = make_response("ok")
    # ruleid: header-from-request
    resp.headers["X-Lang"] = request.args.get("lang")
    value = request.cookies.get("theme")
    # ruleid: header-from-request
    resp.headers["X-Theme"] = value
    # ok: header-from-request
    resp.headers["X-Frame-Options"] = "DENY"
    # ok: header-from-request
    resp.headers["X-Page"] = int(request.args["page"])
    return resp


def checked(response):
    origin = request.headers.get("Origin")
    if origin in ALLOWED:
        # ok: header-from-request
        response.headers["Access-Control-Allow-Origin"] = origin
    return response
