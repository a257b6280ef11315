"""Get ready: import, read and compile what hooks need, by running one over made-up files in a repository of its own."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

from countermark import lazily
from countermark.git import process
from countermark_rules.detectors.patterns.bundle import load_pack, shipped_pack
from countermark_rules.detectors.patterns.expressions import expression
from countermark_rules.detectors.patterns.packs import PACKS
from countermark_rules.detectors.secrets.prefilter import expression as ending
from countermark_rules.detectors.secrets.search import bundle
from countermark_rules.planted import fake_key

from . import place

_BEFORE = {
    "show.py": "import subprocess\n\n\ndef show(path):\n    return subprocess.run(['ls', path], timeout=9, check=True)\n",
    "show.js": "const fs = require('fs');\nexports.show = (path) => fs.readdirSync(path);\n",
    "test_show.py": "def test_show():\n    assert show('.')\n",
    "README.md": "# What it does\n",
}
_AFTER = {
    "show.py": "import subprocess\n\n\ndef show(path):\n    return subprocess.run('ls ' + path, shell=True)  # nosec\n",
    "show.js": "const { exec } = require('child_process');\nexports.show = (path) => exec('ls ' + path);\n",
    "test_show.py": "def test_show():\n    pass\n",
    "README.md": "# What it does\n\nIt shows.\n",
    "requirements.txt": "requests\n",
    "Dockerfile": "FROM debian:latest\n",
}


def warm() -> None:
    """Do it; what comes of the hook does not matter, and nobody is told."""
    from countermark_hooks.border import main

    with tempfile.TemporaryDirectory(prefix="countermark-") as folder, _away(folder):
        _stage(Path(folder))
        main(["pre-commit"])
    lazily.ready()
    for sought in bundle().then.values():
        ending(sought)
    for pack in PACKS:
        shipped_pack(pack).prefilter.found(b"x")
        shipped_pack(pack).finder.places(b"x")
        for one in {one for rule in load_pack(pack) for one in (*rule.needs, *rule.within)}:
            expression(one)


@contextmanager
def _away(folder: str) -> Iterator[None]:
    """In another folder, with none of the person's settings."""
    environ, here = dict(os.environ), Path.cwd()
    os.environ.update({place.VARIABLE: "0", "GIT_CONFIG_NOSYSTEM": "1", "GIT_CONFIG_GLOBAL": f"{folder}/none"})
    os.chdir(folder)
    try:
        yield
    finally:
        os.chdir(here)
        os.environ.clear()
        os.environ.update(environ)


def _stage(folder: Path) -> None:
    """A change with something to find for every detector that a hook calls."""
    who = ["-c", "user.name=Nobody", "-c", "user.email=nobody@example.invalid", "-c", "commit.gpgSign=false"]
    process.git(["init", "--quiet"], cwd=folder)
    _add(folder, _BEFORE)
    process.git([*who, "commit", "--quiet", "--message", "Before"], cwd=folder)
    _add(folder, {**_AFTER, "keys.py": f'KEY = "{fake_key()}"\nNAME = "nothing"\n'})


def _add(folder: Path, files: Mapping[str, str]) -> None:
    for name, text in files.items():
        (folder / name).write_text(text, "utf-8")
    process.git(["add", "--all"], cwd=folder)
