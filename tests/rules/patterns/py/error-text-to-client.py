from flask import jsonify


@app.route("/users/<name>")
def user(name):
    try:
        return find(name)
    except Exception as error:
        # ruleid: error-text-to-client
        return str(error), 500


@app.route("/orders/<number>")
def order(number):
    try:
        return find(number)
    except Exception as error:
        # ruleid: error-text-to-client
        return jsonify({"error": str(error)}), 500


@app.route("/items/<number>")
def item(number):
    try:
        return find(number)
    except Exception:
        logger.exception("item %r", number)
        # ok: error-text-to-client
        return jsonify({"error": "internal error"}), 500


def text(number):
    try:
        return find(number)
    except Exception as error:
        # ok: error-text-to-client
        return str(error)
