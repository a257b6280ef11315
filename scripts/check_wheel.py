"""Check a built wheel: it holds exactly the tracked files of the six packages, and works in a venv that has nothing else.

Usage: python scripts/check_wheel.py WHEEL
"""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
import tomllib
from pathlib import Path
from zipfile import ZipFile

ROOT = Path(__file__).resolve().parent.parent


def tracked() -> set[str]:
    """The files that a wheel must hold, under the names they have in it."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text())
    names: set[str] = set()
    for package in project["tool"]["hatch"]["build"]["targets"]["wheel"]["packages"]:
        listed = _run("git", "ls-files", "-z", "--", package, cwd=ROOT).split("\0")
        names.update(name.partition("/")[2] for name in listed if name)
    return names


def packed(wheel: Path) -> set[str]:
    """What the wheel holds, besides its own metadata."""
    with ZipFile(wheel) as archive:
        return {name for name in archive.namelist() if ".dist-info/" not in name}


def differences(wheel: Path) -> list[str]:
    """A line for each file too many or too few."""
    wanted, found = tracked(), packed(wheel)
    return [f"missing from the wheel: {name}" for name in sorted(wanted - found)] + [
        f"should not be in the wheel: {name}" for name in sorted(found - wanted)
    ]


def answers(wheel: Path, folder: Path) -> str:
    """What the command says of its version when installed as the README tells users to."""
    _run(sys.executable, "-m", "venv", str(folder / "venv"), cwd=folder)
    programs = folder / "venv" / ("Scripts" if os.name == "nt" else "bin")
    pip = (str(programs / "python"), "-m", "pip", "--disable-pip-version-check", "--no-input", "-qq", "install")
    _run(*pip, "--require-hashes", "-r", str(ROOT / "requirements" / "user.txt"), cwd=folder)
    _run(*pip, "--no-deps", str(wheel.resolve()), cwd=folder)
    countermark = str(programs / "countermark")
    _run(countermark, "rules", "list", cwd=folder)  # reads every data file that a rule comes from
    return _run(countermark, "--version", cwd=folder).strip()


def _run(*command: str, cwd: Path) -> str:
    done = subprocess.run(command, cwd=cwd, capture_output=True, text=True, check=False)
    if done.returncode:
        sys.exit(f"{' '.join(command)}: exit {done.returncode}\n{done.stdout}{done.stderr}")
    return done.stdout


def main() -> int:
    """Print what is wrong with the wheel; exit 1 if anything is."""
    wheel = Path(sys.argv[1])
    version = wheel.name.split("-")[1]
    faults = differences(wheel)
    with tempfile.TemporaryDirectory() as folder:
        said = answers(wheel, Path(folder))
    if said != f"countermark, version {version}":
        faults.append(f"countermark --version says {said!r}, the wheel is {version}")
    print("\n".join(faults) or f"{wheel.name}: {len(packed(wheel))} files, installs, and answers: {said}")
    return bool(faults)


if __name__ == "__main__":
    sys.exit(main())
