import os

from flask import request


def tail(text):
    # ruleid: result-not-checked
    return text[text.find(":") :]


def mail(name):
    # ruleid: result-not-checked
    return User.query.filter_by(name=name).first().mail


def lower():
    # ruleid: result-not-checked
    return request.args.get("name").lower()


def tail_safely(text):
    # ok: result-not-checked
    return text.partition(":")[2]


def mail_safely(name):
    # ok: result-not-checked
    return User.query.filter_by(name=name).first_or_404().mail


def lower_safely():
    # ok: result-not-checked
    return request.args.get("name", "").lower()
