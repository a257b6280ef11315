from xml.sax.saxutils import escape

from flask import Response, request


def user():
    name = request.args.get("name")
    # ruleid: xml-from-values
    text = "<user><name>" + name + "</name></user>"
    # ruleid: xml-from-values
    other = f"<user><name>{name}</name></user>"
    # ok: xml-from-values
    third = f"<user><name>{escape(name)}</name></user>"
    # ok: xml-from-values
    fixed = "<user><name>" + "you" + "</name></user>"
    return Response(text + other + third + fixed, mimetype="application/xml")


def page(name):
    # ok: xml-from-values
    return f"<h1>{name}</h1>"
