import html

from django.http import HttpResponse
from flask import Flask, jsonify, make_response, render_template, request
from markupsafe import escape

app = Flask(__name__)


@app.route("/hi")
def hi():
    name = request.args.get("name")
    # ruleid: html-from-request
    return f"<h1>Hello, {name}</h1>"


@app.route("/user/<username>")
def profile(username):
    # ruleid: html-from-request
    return "<h2>Profile of " + username + "</h2>"


@app.route("/error")
def error():
    # ruleid: html-from-request
    return make_response("<b>Error: %s</b>" % request.args["message"])


def greet(request):
    # ruleid: html-from-request
    return HttpResponse("<p>Hello " + request.GET.get("name", "") + "</p>")


@app.route("/escaped")
def escaped():
    # ok: html-from-request
    return f"<h1>{escape(request.args['name'])}</h1>"


def escaped_by_hand(request):
    # ok: html-from-request
    return HttpResponse("<p>" + html.escape(request.GET["name"]) + "</p>")


@app.route("/json")
def as_json():
    # ok: html-from-request
    return jsonify(name=request.args.get("name"))


@app.route("/template")
def template():
    # ok: html-from-request
    return render_template("hi.html", name=request.args.get("name"))


@app.route("/page")
def page():
    # ok: html-from-request
    return f"<p>page {int(request.args['page'])}</p>"


@app.route("/number/<int:number>")
def number(number):
    # ok: html-from-request
    return f"<p>{number}</p>"


@app.route("/decoded")
def decoded():
    # ruleid: html-from-request
    return make_response("Value: " + unquote_plus(request.cookies.get("v", "")))


@app.route("/encoded")
def encoded():
    # ok: html-from-request
    return make_response("Value: " + quote_plus(request.cookies.get("v", "")))


@router.get("/welcome", response_class=HTMLResponse)
def welcome(name: str):
    # ruleid: html-from-request
    return f"<h1>{name}</h1>"


@router.get("/numbered", response_class=HTMLResponse)
def numbered(number: int):
    # ok: html-from-request
    return f"<h1>{number}</h1>"


@router.get("/language", response_class=HTMLResponse)
def language(lang: Language):
    # ok: html-from-request
    return f"<h1>{lang.value}</h1>"


LINE = markupsafe.Markup("<p>{}</p>")


@app.route("/line")
def line():
    # ok: html-from-request
    return LINE.format(request.args["text"])


@app.route("/raw-line")
def raw_line():
    # ruleid: html-from-request
    return "<p>{}</p>".format(request.args["text"])


class Failure(tornado.web.RequestHandler):
    def get(self):
        # ruleid: html-from-request
        self.finish("<p>" + self.get_argument("message") + "</p>")

    def post(self):
        # ok: html-from-request
        self.finish("<p>" + tornado.escape.xhtml_escape(self.get_argument("message")) + "</p>")


class Page:
    def on_get(self, req, resp):
        resp.content_type = falcon.MEDIA_HTML
        # ruleid: html-from-request
        resp.text = "<p>" + req.params["text"] + "</p>"

    def on_post(self, req, resp):
        resp.content_type = falcon.MEDIA_TEXT
        # ok: html-from-request
        resp.text = "text: " + req.params["text"]


class Answer(tornado.web.RequestHandler):
    def get(self):
        # ok: html-from-request
        self.write({"said": self.get_argument("message")})
