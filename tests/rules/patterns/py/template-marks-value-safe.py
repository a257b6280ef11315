from flask import render_template_string, request


def hello():
    # ruleid: template-marks-value-safe
    return render_template_string("<p>{{ name|safe }}</p>", name=request.args["name"])


def proper():
    # ok: template-marks-value-safe
    return render_template_string("<p>{{ name }}</p>", name=request.args["name"])
