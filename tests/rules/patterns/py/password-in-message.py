import logging
import os

logger = logging.getLogger(__name__)


def login(user, password):
    # ruleid: password-in-message
    logger.info(f"login of {user} with {password}")
    # ruleid: password-in-message
    logging.debug("password %s", password)
    # ruleid: password-in-message
    print("trying", user, password)
    if not check(user, password):
        # ruleid: password-in-message
        raise ValueError(f"{password} does not fit {user}")


# ruleid: password-in-message
print(f"using {openai.api_key}")


def login_safely(user, password):
    # ok: password-in-message
    logger.info("login of %s", user)
    # ok: password-in-message
    logging.debug("password has %d characters", len(password))
    # ok: password-in-message
    print("password:")
    # ok: password-in-message
    raise ValueError("wrong password")


def count(max_token):
    # ok: password-in-message
    logger.info("token %s", max_token)
