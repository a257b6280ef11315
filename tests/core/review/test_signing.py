"""Signatures through the real ssh-keygen."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path

import pytest
from attrs import evolve

from countermark.errors import PartFailed, UsageError
from countermark.git.repository import Repository as Found
from countermark.git.repository import discover
from countermark.review.entry import Decision
from countermark.review.signing import Signer, Signers, required
from tests.support import Repository

from .sample import entry, hunk

pytestmark = pytest.mark.skipif(shutil.which("ssh-keygen") is None, reason="no ssh-keygen here")
ONE = entry(hunk("x = 1"), key="")


def key(folder: Path, name: str = "key") -> Path:
    path = folder / name
    subprocess.run(["ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-C", name, "-f", str(path)], check=True)
    return path


@pytest.fixture
def signed(repository: Repository, home: Path) -> Repository:
    """A repository whose user signs."""
    path = key(home)
    (home / "signers").write_text(f"ada@example.invalid {path.with_suffix('.pub').read_text()}")
    repository.git("config", "user.signingkey", str(path))
    repository.git("config", "gpg.ssh.allowedSignersFile", str(home / "signers"))
    return repository


def found(repository: Repository) -> Found:
    there = discover(repository.path, repository.env)
    assert there is not None
    return there


def test_a_signature_counts(signed: Repository, home: Path) -> None:
    signer = required(found(signed))

    entry_ = evolve(ONE, signature=signer.sign(ONE.payload))

    assert Signers.of(found(signed)).fault(entry_) is None
    listed = subprocess.run(["ssh-keygen", "-lf", str(home / "key.pub")], capture_output=True, text=True, check=True)
    assert signer.fingerprint == listed.stdout.split()[1]


@pytest.mark.parametrize("form", ["path", "public", "key::"])
def test_the_key_may_be_named_as_git_allows(signed: Repository, home: Path, form: str) -> None:
    """A literal key needs an agent, which signs when it has the private half; its fingerprint is known without."""
    public = (home / "key.pub").read_text().strip()
    signed.git(
        "config",
        "user.signingkey",
        {"path": str(home / "key"), "public": str(home / "key.pub"), "key::": f"key::{public}"}[form],
    )

    signer = required(found(signed))

    assert signer.fingerprint.startswith("SHA256:")
    if form != "key::":
        assert signer.sign(b"x").startswith("-----BEGIN SSH SIGNATURE-----")


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"decision": Decision.REJECT}, "it was changed after it was signed"),
        ({"comment": "other"}, "it was changed after it was signed"),
        ({"mail": "bob@example.invalid"}, "it was changed after it was signed"),
        ({"signature": ""}, "it is not signed"),
        ({"signature": "nonsense"}, "not of a key"),
    ],
)
def test_a_forged_one_does_not(signed: Repository, change: dict[str, object], said: str) -> None:
    good = evolve(ONE, signature=required(found(signed)).sign(ONE.payload))

    assert said in (Signers.of(found(signed)).fault(evolve(good, **change)) or "")  # type: ignore[arg-type]


def test_an_unknown_signer_does_not(signed: Repository, home: Path) -> None:
    signed.git("config", "user.signingkey", str(key(home, "other")))

    entry_ = evolve(ONE, signature=required(found(signed)).sign(ONE.payload))

    assert "not of a key that ada@example.invalid is known to have" in (Signers.of(found(signed)).fault(entry_) or "")


def test_without_a_file_of_signers_no_signature_counts(signed: Repository) -> None:
    entry_ = evolve(ONE, signature=required(found(signed)).sign(ONE.payload))
    signed.git("config", "--unset", "gpg.ssh.allowedSignersFile")

    assert "no file of allowed signers" in (Signers.of(found(signed)).fault(entry_) or "")


def test_a_key_that_is_gone_is_told(signed: Repository, home: Path) -> None:
    (home / "key").unlink()
    with pytest.raises(PartFailed, match="could not be signed, so it was not written"):
        required(found(signed)).sign(b"x")
    (home / "key.pub").unlink()

    assert Signer.of(found(signed)) is None
    with pytest.raises(UsageError, match=r"git config user\.signingkey"):
        required(found(signed))


def test_a_file_of_signers_that_is_named_has_to_be_there(signed: Repository, home: Path) -> None:
    with pytest.raises(UsageError, match="no such file of allowed signers"):
        Signers.of(found(signed), home / "nowhere")


def test_a_repository_cannot_supply_ssh_keygen(signed: Repository, monkeypatch: pytest.MonkeyPatch) -> None:
    evil = signed.path / "bin" / "ssh-keygen"
    signed.write("bin/ssh-keygen", "#!/bin/sh\ntouch ran\n")
    evil.chmod(0o755)
    monkeypatch.setenv("PATH", f"{evil.parent}:bin:{shutil.os.environ['PATH']}")  # type: ignore[attr-defined]

    required(found(signed)).sign(b"x")

    assert not (signed.path / "ran").exists()
