from flask import Flask
from flask_login import login_required

app = Flask(__name__)


@app.route("/admin/users")
@login_required
def users():
    return "..."


@app.route("/admin/delete/<int:uid>", methods=["POST"])
# ruleid: route-without-login
def delete_user(uid):
    remove(uid)
    return "gone"


@app.route("/admin/rename/<int:uid>", methods=["POST"])
@login_required
# ok: route-without-login
def rename_user(uid):
    return "renamed"


@app.route("/login", methods=["POST"])
# ok: route-without-login
def login():
    return "in"


@app.route("/about")
# ok: route-without-login
def about():
    return "about"
