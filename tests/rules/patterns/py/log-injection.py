import logging

from flask import current_app, request

logger = logging.getLogger(__name__)


def login():
    user = request.form["username"]
    # ruleid: log-injection
    logger.info("Login attempt by " + user)
    # ruleid: log-injection
    logging.warning("Login attempt by %s", user)
    # ok: log-injection
    logger.info("Login attempt by %r", user)
    # ok: log-injection
    logger.info(f"Login attempt by {user!r}")
    # ok: log-injection
    logger.info("Login attempt")


def page():
    # ruleid: log-injection
    current_app.logger.warning(f"unknown page {request.args.get('page')}")
    number = int(request.args["n"])
    # ok: log-injection
    logger.info("page %s", number)
    # ok: log-injection
    current_app.logger.warning("unknown page %s", request.args["page"].replace("\n", " "))


def audit():
    entry = request.form["entry"]
    with open("audit.log", "a") as stream:
        # ruleid: log-injection
        stream.write(f"{now()} {entry}")


def keep():
    entry = request.form["entry"]
    with open("entry.txt", "w") as stream:
        # ok: log-injection
        stream.write(f"{entry}")


class Login(tornado.web.RequestHandler):
    def post(self):
        user = self.get_body_argument("user")
        # ruleid: log-injection
        log.warning("failed login for %s", user)
        # ok: log-injection
        log.warning("failed login for %r", user)
