"""Logins to registries in the files that their clients keep: Docker's config.json, and .pypirc."""

from __future__ import annotations

import base64
import re

from .form import Form, Forms, rule


def _login(_: re.Match[str], value: str) -> bool:
    """Whether base64 stands for a user's name, a colon, and a password."""
    try:
        name, colon, password = base64.b64decode(value, validate=True).decode("utf-8").partition(":")
    except ValueError:  # no base64, or no text in it
        return False
    return bool(name and colon and password) and (name + password).isprintable()


DOCKER = Forms(
    rule(
        "docker-registry-login",
        "Login to a container registry",
        "Base64 hides nothing: whoever reads this entry can pull the registry's images, and push their own, as that user.",
        "https://docs.docker.com/reference/cli/docker/login/#credential-stores",
        remedy="Revoke it at the registry, then remove it from the file and from the history. Let a credential helper keep its "
        "successor (`credsStore`), or log in with the workload's identity.",
    ),
    (
        Form(
            r"\\?\"auth\\?\"\s{0,20}:\s{0,20}\\?\"(?P<secret>[A-Za-z0-9+/]{8,2000}={0,2})\\?\"",
            r"\"auth\\?\"\s{0,20}:\s{0,20}\\?\"[A-Za-z0-9+/]{8}",
            ('"auth',),
            before=128,
            after=2_100,
            multiline=True,
            holds=_login,
        ),
    ),
    chosen=False,
)
PYPIRC = Forms(
    rule(
        "package-index-password",
        "Password of a package index",
        "Whoever reads this file can publish packages as that user, and everybody who installs them runs what was published.",
        "https://packaging.python.org/en/latest/specifications/pypirc/",
        remedy="Change it at the index, then remove it from the file and from the history. Publish from CI with trusted publishing "
        "(https://docs.pypi.org/trusted-publishers/), or keep a token of one project in the keyring.",
    ),
    (
        Form(
            r"(?m)^\[[\w. -]{1,60}\][ \t]*\r?\n(?:[ \t]*(?:repository|username)[ \t]*[=:][^\r\n]{0,200}\r?\n){1,2}"
            r"[ \t]*password[ \t]*[=:][ \t]*(?P<secret>[^\s\"'`{}$%<>]{3,200})[ \t]*\r?$",
            r"(?:repository|username)[ \t]*[=:][^\n]{0,200}\n[ \t]*password[ \t]*[=:]",
            ("password",),
            before=512,
            after=256,
            multiline=True,
        ),
    ),
)
