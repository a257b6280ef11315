"""Fuzz the parsers: ``fuzz.py MINUTES [TARGET]``. A parser may refuse its input with an error of ours; everything else is a fault."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable, Mapping
from contextlib import suppress
from datetime import date
from pathlib import Path

# Nothing of Countermark is imported up here: what is imported before atheris watches gives it no guidance.

_FOLDER = Path(__file__).resolve().parent.parent / ".fuzz"
_LONGEST = 4_096  # bytes of an input


def _file(path: str, data: bytes) -> None:
    """The detectors that read in this process, on a file of that name."""
    from countermark.change import FileChange
    from countermark.config.schema import Settings
    from countermark.content import Content
    from countermark_rules.engine import examine
    from countermark_rules.registry import detectors

    made = [one for one in detectors(Settings(), today=date(2026, 1, 1)) if not one.batch]
    [examined] = examine([FileChange(path, Content(data))], made, Settings().limits)
    assert not examined.failures, examined.failures  # noqa: S101 - a failure is the fault that is looked for


def _settings(data: bytes) -> None:
    from countermark.config.load import load

    class Staged:
        def read(self, path: str) -> bytes | None:
            return data if path == "countermark.toml" else None

        def names(self, folder: str) -> tuple[str, ...]:  # noqa: ARG002 - there is no folder
            return ()

    load(Staged())


def _threat_model(data: bytes) -> None:
    from countermark.threats.model_file import parse

    parse(data, "model.yaml")


def _baseline(data: bytes) -> None:
    from countermark.triage.baseline import parse

    parse(data, "baseline.jsonl")


def _foreign(data: bytes) -> None:
    from countermark.triage.foreign import parse_detect_secrets, parse_gitleaks

    parse_gitleaks(data, ".gitleaksignore")
    parse_detect_secrets(data, ".secrets.baseline")


def _archive(data: bytes) -> None:
    from countermark.changes.archives import members
    from countermark.config.schema import Limits

    for _ in members("a.zip", data, Limits(file_bytes=100_000)):
        pass


def _diff(data: bytes) -> None:
    from countermark.content import Content
    from countermark.diff import diff

    before, _, after = data.partition(b"\0")
    hunks = diff(Content(before), Content(after))
    assert all(one.after.start <= one.after.end for one in hunks)  # noqa: S101 - as above


TARGETS: Mapping[str, Callable[[bytes], None]] = {
    "settings": _settings,
    "threat-model": _threat_model,
    "baseline": _baseline,
    "foreign": _foreign,
    "archive": _archive,
    "diff": _diff,
    "python": lambda data: _file("a.py", data),
    "env": lambda data: _file(".env", data),
    "workflow": lambda data: _file(".github/workflows/ci.yml", data),
    "terraform": lambda data: _file("main.tf", data),
    "notebook": lambda data: _file("a.ipynb", data),
}
_SEEDS: Mapping[str, bytes] = {
    "settings": b'[policy]\nfail-on = "block"\n[[paths]]\nmatch = ["a"]\n',
    "threat-model": b"schema: countermark/threat-model/1\nassets: []\n",
    "workflow": b"on: push\njobs:\n  a:\n    env: {AWS_SECRET_ACCESS_KEY: x}\n    steps:\n      - run: x\n",
    "terraform": b'provider "aws" {\n  access_key = "x"\n}\n',
    "env": b'DATABASE_URL=postgres://a:b@c/d\nAPI_TOKEN="x"\n',
    "python": b'password = "hunter2"  # countermark: allow secrets/password because x\n',
}


def fuzz(name: str, seconds: int) -> None:
    """Fuzz one target in this process, which ends with it."""
    import atheris

    target, seed = TARGETS[name], _SEEDS.get(name, b"")
    with atheris.instrument_imports(include=["countermark", "countermark_rules"]):
        from countermark.errors import CountermarkError

        with suppress(CountermarkError):
            target(seed)  # which imports what it needs

    def once(data: bytes) -> None:
        with suppress(CountermarkError):  # refused in one of our own words, as it should be
            target(data)

    corpus = _FOLDER / name
    corpus.mkdir(parents=True, exist_ok=True)
    (corpus / "seed").write_bytes(seed)
    options = [
        f"-max_total_time={seconds}",
        f"-max_len={_LONGEST}",
        "-timeout=10",
        f"-artifact_prefix={_FOLDER}/{name}-",
    ]
    atheris.Setup([sys.argv[0], *options, str(corpus)], once)
    atheris.Fuzz()


def main() -> int:
    """Each target in a process of its own, one after the other."""
    minutes, names = float(sys.argv[1]), sys.argv[2:]
    if unknown := [name for name in names if name not in TARGETS]:
        sys.exit(f"fuzz: no target {unknown[0]!r}; there are {', '.join(TARGETS)}")
    if len(names) == 1:
        fuzz(names[0], round(minutes * 60))
    chosen = names or list(TARGETS)
    faults = []
    for name in chosen:
        said = subprocess.run(
            [sys.executable, "-I", __file__, f"{minutes / len(chosen)}", name], capture_output=True, check=False
        )
        runs = said.stderr.decode("utf-8", "replace").rpartition("Done ")[2].partition("\n")[0]
        print(f"{name:14} {runs if said.returncode == 0 else 'FAULT'}", flush=True)
        if said.returncode:
            faults.append(name)
            print(said.stderr.decode("utf-8", "replace")[-3000:])
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main())
