import logging
import traceback

from flask import Flask, jsonify

app = Flask(__name__)


@app.route("/a")
def a():
    try:
        work()
    except Exception:
        # ruleid: error-text-to-client
        return jsonify(error=traceback.format_exc()), 500


@app.route("/b")
def b():
    try:
        work()
    except Exception as error:
        # ruleid: error-text-to-client
        return str(error), 500


@app.route("/c")
def c():
    try:
        work()
    except Exception:
        logging.exception("work failed")
        # ok: error-text-to-client
        return {"error": "internal error"}, 500


@app.route("/d")
def d():
    try:
        work()
    except ValueError as error:
        # ok: error-text-to-client
        return str(error), 400
