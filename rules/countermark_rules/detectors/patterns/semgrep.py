"""One call of semgrep-core: the engine without Semgrep's Python start-up, network, settings or login.

Its command line is internal to Semgrep, so everything unexpected is an error and never an empty result.
"""

from __future__ import annotations

import json
import os
import subprocess
from collections.abc import Iterable, Sequence
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from attrs import frozen

from countermark.errors import PartFailed


@frozen
class Target:
    """A file to scan and Semgrep's name of its language."""

    file: Path
    analyzer: str


@frozen
class Output:
    """What semgrep-core says: matches and errors, as its JSON has them."""

    results: tuple[dict[str, Any], ...]
    errors: tuple[dict[str, Any], ...]


def core() -> Path:
    """The engine's program, found without importing Semgrep, which costs two seconds."""
    spec = find_spec("semgrep")
    for folder in (spec.submodule_search_locations or ()) if spec else ():
        for name in ("semgrep-core", "semgrep-core.exe"):
            if (program := Path(folder, "bin", name)).is_file():
                return program
    raise PartFailed("semgrep is not installed as it should be: no semgrep-core; reinstall countermark")


def scan(rules: Sequence[dict[str, Any]], targets: Iterable[Target], folder: Path, *, jobs: int = 1) -> Output:
    """Run the rules over the targets; ``folder`` is private and takes the inputs. Raises PartFailed."""
    rules_file, targets_file = folder / "rules.json", folder / "targets.json"
    rules_file.write_text(json.dumps({"rules": list(rules)}), "utf-8")
    targets_file.write_text(json.dumps(["Targets", [_code_target(target) for target in targets]]), "utf-8")
    command = [str(core()), "-rules", str(rules_file), "-targets", str(targets_file), "-json_nodots", "-j", str(jobs)]
    # Nothing of the caller's environment reaches it: SEMGREP_* could switch rules, login or metrics on.
    environ = {"PATH": os.defpath, "HOME": str(folder), "TMPDIR": str(folder)}
    done = subprocess.run(command, cwd=folder, env=environ, capture_output=True, check=False)
    return _read(done.stdout, done.returncode)


def _read(output: bytes, code: int) -> Output:
    try:
        answer = json.loads(output.decode("utf-8", "replace"))
        return Output(tuple(answer["results"]), tuple(answer["errors"]))
    except (ValueError, KeyError, TypeError):
        raise PartFailed(f"semgrep-core gave no answer (exit code {code}); `countermark doctor` tells more") from None


def _code_target(target: Target) -> list[object]:
    path = {"fpath": str(target.file), "ppath": f"/{target.file.name}"}
    return ["CodeTarget", {"path": path, "analyzer": target.analyzer, "products": ["sast"]}]
