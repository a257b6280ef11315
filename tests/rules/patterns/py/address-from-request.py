from urllib.parse import urlparse
from urllib.request import urlopen

import httpx
import requests
from flask import abort, redirect, request, url_for

HOSTS = {"api.example.com"}


def fetch():
    url = request.args.get("url")
    # ruleid: address-from-request
    return requests.get(url, timeout=5).text


def go():
    # ruleid: address-from-request
    return redirect(request.args.get("next"))


def preview():
    # ruleid: address-from-request
    return urlopen("http://" + request.args["host"]).read()


async def proxy():
    async with httpx.AsyncClient() as client:
        # ruleid: address-from-request
        return await client.get(request.query_params["url"])


def weather():
    # ok: address-from-request
    return requests.get("https://api.example.com/w", params={"q": request.args["city"]}, timeout=5).text


def named_path():
    # ok: address-from-request
    return requests.get(f"https://api.example.com/{request.args['city']}", timeout=5).text


def listed():
    url = request.args.get("url")
    if urlparse(url).hostname not in HOSTS:
        abort(400)
    # ok: address-from-request
    return requests.get(url, timeout=5).text


def home():
    # ok: address-from-request
    return redirect(url_for("index", page=request.args["page"]))


def own():
    target = request.args.get("next", "/")
    if urlparse(target).netloc:
        target = "/"
    # ok: address-from-request
    return redirect(target)


def download(url):
    # ok: address-from-request
    return requests.get(url, timeout=5).content


@app.get("/repositories/{owner}")
async def repositories(owner: str):
    async with httpx.AsyncClient() as client:
        # ok: address-from-request
        return await client.get(f"{API}/users/{owner}/repos")


@app.get("/tenants/{host}")
async def tenants(host: str):
    async with httpx.AsyncClient() as client:
        # ruleid: address-from-request
        return await client.get(f"http://{host}/users")


async def onwards(request):
    # ruleid: address-from-request
    raise web.HTTPSeeOther(request.query["next"])


async def home(request):
    # ok: address-from-request
    raise web.HTTPSeeOther("/home")


class Fetch(tornado.web.RequestHandler):
    async def get(self):
        # ruleid: address-from-request
        return await tornado.httpclient.AsyncHTTPClient().fetch(self.get_argument("url"))

    async def post(self):
        # ok: address-from-request
        return await tornado.httpclient.AsyncHTTPClient().fetch(SOURCES.get(self.get_argument("source")))


def came_from(request):
    # ruleid: address-from-request
    return pyramid.httpexceptions.HTTPFound(location=request.params.get("came_from"))


def gone_home(request):
    # ok: address-from-request
    return pyramid.httpexceptions.HTTPFound(location=request.route_url("home"))


def bare():
    from requests import post

    # ruleid: address-from-request
    return post(request.form["callback"]).status_code


def bare_home():
    from requests import post

    # ok: address-from-request
    return post("https://api.example.com/hook", json={"name": request.form["name"]}).status_code
