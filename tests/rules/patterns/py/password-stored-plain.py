import json

from werkzeug.security import generate_password_hash


def create(cursor, name, password):
    # ruleid: password-stored-plain
    cursor.execute("INSERT INTO users (name, password) VALUES (?, ?)", (name, password))


def keep(name, password):
    # ruleid: password-stored-plain
    users[name] = password


def register(name, password):
    # ruleid: password-stored-plain
    return User(name=name, password=password)


def save(file, name, password):
    # ruleid: password-stored-plain
    json.dump({"name": name, "password": password}, file)


def create_safely(cursor, name, password):
    hashed = generate_password_hash(password)
    # ok: password-stored-plain
    cursor.execute("INSERT INTO users (name, password) VALUES (?, ?)", (name, hashed))


def register_safely(name, password):
    # ok: password-stored-plain
    return User(name=name, password=generate_password_hash(password))


def rehash(name, password):
    password = generate_password_hash(password)
    # ok: password-stored-plain
    users[name] = password


def connect(host, password):
    # ok: password-stored-plain
    return Client(host=host, password=password)


def register(request):
    member = Member()
    # ruleid: password-stored-plain
    member.password = request.POST["password"]
    # ok: password-stored-plain
    member.password = make_password(request.POST["password"])
