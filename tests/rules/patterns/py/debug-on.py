import os

from flask import Flask

app = Flask(__name__)
# ruleid: debug-on
app.config["DEBUG"] = True
# ruleid: debug-on
DEBUG = True

if __name__ == "__main__":
    # ruleid: debug-on
    app.run(debug=True)
    # ok: debug-on
    app.run(debug=False)
    # ok: debug-on
    app.run(debug=os.environ.get("FLASK_DEBUG") == "1")
    # ok: debug-on
    app.run()


# ruleid: debug-on
werkzeug.serving.run_simple("localhost", 5000, app, use_debugger=True)
# ok: debug-on
werkzeug.serving.run_simple("localhost", 5000, app, use_debugger=False)
