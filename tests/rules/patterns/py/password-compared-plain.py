from werkzeug.security import check_password_hash


def login(user, password):
    # ruleid: password-compared-plain
    return user.password == password


def login_from_store(users, name, password):
    # ruleid: password-compared-plain
    return users.get(name) == password


def find(name, password):
    # ruleid: password-compared-plain
    return User.query.filter_by(name=name, password=password).first()


def login_safely(user, password):
    # ok: password-compared-plain
    return check_password_hash(user.password_hash, password)


def repeated(form, confirm_password):
    # ok: password-compared-plain
    return form.password == confirm_password


def missing(user):
    # ok: password-compared-plain
    return user.password == ""
