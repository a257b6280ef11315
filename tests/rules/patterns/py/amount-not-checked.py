from flask import request


def transfer(account, other):
    amount = int(request.form["amount"])
    # ruleid: amount-not-checked
    account.balance -= amount
    # ruleid: amount-not-checked
    other.balance += amount


def checked(account):
    amount = int(request.form["amount"])
    if amount <= 0 or amount > account.balance:
        return "no"
    # ok: amount-not-checked
    account.balance -= amount
    # ok: amount-not-checked
    account.changes += 1


def between():
    quantity = int(request.form["quantity"])
    if not 1 <= quantity <= 100 or request.form["item"] not in stock:
        abort(400)
    # ok: amount-not-checked
    stock["apple"] -= quantity


def any_amount():
    quantity = int(request.form["quantity"])
    # ruleid: amount-not-checked
    stock["apple"] -= quantity
