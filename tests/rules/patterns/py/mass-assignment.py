from flask import request


def update(user):
    for key, value in request.json.items():
        # ruleid: mass-assignment
        setattr(user, key, value)


def create():
    data = request.get_json()
    # ruleid: mass-assignment
    return User(**data)


def replace(user):
    # ruleid: mass-assignment
    user.__dict__.update(request.json)


def listed(user):
    for key, value in request.json.items():
        if key in FIELDS:
            # ok: mass-assignment
            setattr(user, key, value)


def skipped(user):
    data = request.get_json()
    for key, value in data.items():
        if key not in FIELDS:
            continue
        # ok: mass-assignment
        setattr(user, key, value)
    # ok: mass-assignment
    return UserSchema(**data)


def named():
    # ok: mass-assignment
    return User(name=request.json["name"])


@app.put("/users/{number}")
async def change(number: int, request: Request):
    data = await request.json()
    # ruleid: mass-assignment
    session.query(User).filter(User.id == number).update(data)
    # ok: mass-assignment
    session.query(User).filter(User.id == number).update({"name": data["name"]})


def create(request):
    data = json.loads(request.body)
    # ruleid: mass-assignment
    Profile.objects.create(**data)
    # ok: mass-assignment
    Profile.objects.create(name=data["name"])
