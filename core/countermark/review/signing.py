"""Signatures of entries, by the SSH key that git signs with; this module alone starts ssh-keygen.

`ssh-keygen -Y sign` asks for passphrases and for the touch of a security key itself. The allowed-signers file says whose key is whose.
"""

from __future__ import annotations

import base64
import binascii
import os
import shutil
import subprocess
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from functools import cache
from hashlib import sha256
from pathlib import Path
from tempfile import TemporaryDirectory

from attrs import frozen

from countermark.display import escape
from countermark.errors import PartFailed, UsageError
from countermark.git.repository import Repository

from .entry import Entry

NAMESPACE = "countermark"
_SECONDS_TO_VERIFY = 20
_SECONDS_TO_SIGN = 300  # a person looks for a security key
_LITERAL = ("ssh-", "ecdsa-", "sk-")
_MOST_KEY = 20_000  # bytes
_NO_KEY = (
    "there is no SSH key to sign the review with: `git config gpg.ssh.allowedSignersFile FILE` and "
    "`git config user.signingkey ~/.ssh/id_ed25519.pub` name the file of signers and your key"
)


@frozen
class Signer:
    """The key that git signs with: a file, or the public key itself, whose private half an agent holds."""

    key: str
    top: Path

    @classmethod
    def of(cls, repository: Repository) -> Signer | None:
        """What `user.signingkey` names, where it is an SSH key; None where git knows of none."""
        named = repository.config("user.signingkey")
        if not named:
            return None
        if named.startswith("key::") or named.startswith(_LITERAL):
            return cls(named.removeprefix("key::"), repository.root)
        path = _expanded(named, repository)
        return cls(str(path), repository.root) if path.is_file() or _public(path).is_file() else None

    @property
    def fingerprint(self) -> str:
        """The key's fingerprint as ssh-keygen writes it; empty where the public half cannot be read."""
        return fingerprint(self._public_key())

    def sign(self, payload: bytes) -> str:
        """A signature in ASCII armour. Raises PartFailed when ssh-keygen gives none."""
        with self._key_file() as (file, agent):
            command = [_program(self.top), "-Y", "sign", "-n", NAMESPACE, "-f", file, *agent]
            try:
                done = subprocess.run(
                    command, input=payload, capture_output=True, timeout=_SECONDS_TO_SIGN, check=False
                )
            except (OSError, subprocess.TimeoutExpired) as fault:
                raise PartFailed(f"the review could not be signed: {type(fault).__name__}") from None
        if done.returncode:
            raise PartFailed(f"the review could not be signed, so it was not written: {_words(done.stderr)}")
        return done.stdout.decode("ascii", "replace").strip()

    def _public_key(self) -> str:
        if self.key.startswith(_LITERAL):
            return self.key
        path = Path(self.key)
        for file in (path, _public(path)):
            try:
                with file.open("rb") as opened:
                    text = opened.read(_MOST_KEY).decode("ascii", "replace")
            except OSError:
                continue
            if text.startswith(_LITERAL):
                return text
        return ""

    @contextmanager
    def _key_file(self) -> Iterator[tuple[str, list[str]]]:
        """The name of a file with the key, and how to say that an agent holds its private half."""
        if not self.key.startswith(_LITERAL):
            yield self.key, []
            return
        with TemporaryDirectory(prefix="countermark-") as folder:
            file = Path(folder, "key.pub")
            file.write_text(self.key + "\n", "ascii")
            yield str(file), ["-U"]


@frozen
class Signers:
    """The people whose signatures count: an allowed-signers file, or None where git names none."""

    path: Path | None
    top: Path

    @classmethod
    def of(cls, repository: Repository, named: Path | None = None) -> Signers:
        """``named``, or the file of `gpg.ssh.allowedSignersFile`. Raises UsageError where ``named`` does not exist."""
        if named is not None:
            if not named.is_file():
                raise UsageError(f"{escape(str(named))}: there is no such file of allowed signers")
            return cls(named.absolute(), repository.root)
        said = repository.config("gpg.ssh.allowedSignersFile")
        path = _expanded(said, repository) if said else None
        return cls(path if path is not None and path.is_file() else None, repository.root)

    def fault(self, entry: Entry) -> str | None:
        """Why an entry's signature does not count, or None where it does."""
        if not entry.signature:
            return "it is not signed"
        if self.path is None:
            return "no file of allowed signers says whose keys count (gpg.ssh.allowedSignersFile)"
        return _verify(self.path, self.top, entry)


@cache
def _verify(signers: Path, top: Path, entry: Entry) -> str | None:
    with TemporaryDirectory(prefix="countermark-") as folder:
        file = Path(folder, "entry.sig")
        file.write_text(entry.signature + "\n", "utf-8")
        who = ["-I", entry.mail, "-n", NAMESPACE, "-s", str(file)]
        command = [_program(top), "-Y", "verify", "-f", str(signers), *who]
        try:
            done = subprocess.run(
                command, input=entry.payload, capture_output=True, timeout=_SECONDS_TO_VERIFY, check=False
            )
        except (OSError, ValueError, subprocess.TimeoutExpired) as fault:
            raise PartFailed(f"a signature could not be checked: {type(fault).__name__}") from None
    if done.returncode == 0:
        return None
    said = _words(done.stderr + b" " + done.stdout).lower()
    if "incorrect signature" in said or "signature verification failed" in said:
        return "its signature does not fit: it was changed after it was signed"
    return f"its signature is not of a key that {escape(entry.mail)} is known to have"


def fingerprint(public_key: str) -> str:
    """``SHA256:…`` of a public key's line, or empty text for what is none."""
    words = public_key.split()
    try:
        blob = base64.b64decode(words[1], validate=True)
    except (IndexError, binascii.Error, ValueError):
        return ""
    return "SHA256:" + base64.b64encode(sha256(blob).digest()).decode().rstrip("=")


def required(repository: Repository) -> Signer:
    """The key to sign with. Raises UsageError where there is none."""
    if (signer := Signer.of(repository)) is None:
        raise UsageError(_NO_KEY)
    return signer


def _program(avoid: Path) -> str:
    """ssh-keygen from an absolute folder of PATH that is not the repository's."""
    inside = os.path.realpath(avoid) + os.sep
    folders = [folder for folder in os.environ.get("PATH", os.defpath).split(os.pathsep) if os.path.isabs(folder)]  # noqa: PTH117
    outside = [folder for folder in folders if not (os.path.realpath(folder) + os.sep).startswith(inside)]
    found = shutil.which("ssh-keygen", path=os.pathsep.join(outside))
    if found is None:
        raise PartFailed("ssh-keygen was not found, so no review can be signed or its signature be checked")
    return found


def _expanded(named: str, repository: Repository) -> Path:
    return repository.root / Path(_home(named, repository.environ))


def _home(named: str, environ: Mapping[str, str]) -> str:
    return str(Path(environ.get("HOME") or Path.home()) / named[2:]) if named.startswith("~/") else named


def _public(path: Path) -> Path:
    return path.with_name(path.name + ".pub")


def _words(said: bytes) -> str:
    return escape(" ".join(said.decode("utf-8", "replace").split())[:300]) or "ssh-keygen gave no reason"
