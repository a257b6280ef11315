import os

from flask import current_app, jsonify


def status():
    # ruleid: environment-to-client
    return jsonify(dict(os.environ))


def settings():
    # ruleid: environment-to-client
    return jsonify(config=dict(current_app.config))


def region():
    # ok: environment-to-client
    return jsonify(region=os.environ.get("REGION"))


def version():
    # ok: environment-to-client
    return jsonify(version=current_app.config["VERSION"])


def gather():
    # ok: environment-to-client
    return read_settings(os.environ)
