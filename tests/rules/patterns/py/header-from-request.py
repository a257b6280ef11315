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


@app.get("/language")
def language(lang: str, response: Response):
    # ruleid: header-from-request
    response.headers["Content-Language"] = lang
    return {}


@app.get("/enumerated")
def enumerated(lang: Language, response: Response):
    # ok: header-from-request
    response.headers["Content-Language"] = lang.value
    return {}


def export(request):
    filename = request.GET.get("filename")
    response = HttpResponse("a,b")
    # ruleid: header-from-request
    response["Content-Disposition"] = "attachment; filename=" + filename
    return response


def export_quoted(request):
    filename = quote(request.GET.get("filename"))
    response = HttpResponse("a,b")
    # ok: header-from-request
    response["Content-Disposition"] = "attachment; filename=" + filename
    return response


def forward(request):
    # ok: header-from-request
    return requests.get(ADDRESS, headers={"X-Theme": request.args["theme"]}, timeout=5)
