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
