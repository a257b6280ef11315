from flask import Flask, jsonify

app = Flask(__name__)


@app.route("/a/<int:uid>")
def a(uid):
    # ruleid: whole-object-to-client
    return jsonify(find(uid).__dict__)


@app.get("/mine")
def mine():
    # ruleid: whole-object-to-client
    return jsonify(find_the_account_of(session["uid"], with_address=True).__dict__)


@app.route("/b/<int:uid>")
def b(uid):
    user = find(uid)
    # ruleid: whole-object-to-client
    return jsonify({"name": user.name, "password": user.password})


@app.route("/c/<int:uid>")
def c(uid):
    user = find(uid)
    # ok: whole-object-to-client
    return jsonify({"name": user.name})


def d(user):
    # ok: whole-object-to-client
    return vars(user)


class UserSerializer(ModelSerializer):
    class Meta:
        model = User
        # ruleid: whole-object-to-client
        fields = "__all__"


class CitySerializer(ModelSerializer):
    class Meta:
        model = City
        # ok: whole-object-to-client
        fields = "__all__"


@app.get("/mine/summary")
def summary():
    # ok: whole-object-to-client
    return jsonify(summary_of(find_the_account_of(session["uid"], with_address=True)))
