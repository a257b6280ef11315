"""Fetch code that is well kept, in four languages, for `patterns_quality.py --noise`.

    python benchmarks/noise_corpus.py FOLDER

Twelve projects at pinned versions where their registry keeps old ones: Python from PyPI, JavaScript and TypeScript from npm, Go and
Java from Debian's packages of sources. pip, npm and apt-get do the fetching, so this needs a Debian or Ubuntu system. Nothing of what
is fetched is run. Each project gets a folder of its name in a folder of its language.
"""

from __future__ import annotations

import argparse
import shutil
import subprocess
import sys
import tarfile
import tempfile
import zipfile
from collections.abc import Mapping
from pathlib import Path

_PYTHON = ("flask==3.1.3", "requests==2.34.2", "werkzeug==3.1.9", "httpx==0.28.1", "celery==5.7.0")
_NPM = ("express@5.3.0", "fastify@5.12.8", "zod@4.6.7")
_GO = ("golang-github-gorilla-mux-dev", "golang-github-spf13-cobra-dev", "golang-github-spf13-viper-dev")
_JAVA = "openjdk-17-source"
# The whole of the JDK would outweigh everything else.
_JAVA_MODULES = ("java.net.http/", "java.sql/", "jdk.httpserver/")


def main() -> int:
    """Fetch and unpack."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path, metavar="FOLDER")
    folder: Path = parser.parse_args().folder.resolve()
    if folder.exists():
        sys.exit(f"{folder} exists; name a new folder")
    missing = [program for program in ("npm", "apt-get", "dpkg-deb") if shutil.which(program) is None]
    if missing:
        sys.exit(f"not installed: {', '.join(missing)}")
    with tempfile.TemporaryDirectory(prefix="countermark-corpus-") as name:
        scratch = Path(name)
        _python(scratch, folder / "python")
        _npm(scratch, folder / "js")
        _debian(scratch, folder)
    for language in sorted(folder.iterdir()):
        print(language.name, *sorted(project.name for project in language.iterdir()))
    return 0


def _run(command: list[str], cwd: Path) -> None:
    subprocess.run(command, cwd=cwd, check=True, stdout=subprocess.DEVNULL)


def _python(scratch: Path, folder: Path) -> None:
    """Wheels: the sources without the tests, and without a build to learn what an sdist is."""
    _run([sys.executable, "-m", "pip", "download", "--quiet", "--no-deps", "--only-binary", ":all:", *_PYTHON], scratch)
    for wheel in scratch.glob("*.whl"):
        with zipfile.ZipFile(wheel) as archive:
            archive.extractall(folder / wheel.name.partition("-")[0])  # noqa: S202 - zipfile keeps names inside


def _npm(scratch: Path, folder: Path) -> None:
    _run(["npm", "pack", "--silent", "--ignore-scripts", *_NPM], scratch)
    for package in scratch.glob("*.tgz"):
        with tarfile.open(package) as archive:
            archive.extractall(folder / package.name.rpartition("-")[0], filter="data")


def _debian(scratch: Path, folder: Path) -> None:
    """Go's packages hold sources as they are; Java's hold one archive of them."""
    _run(["apt-get", "download", "--quiet", "--quiet", *_GO, _JAVA], scratch)
    packages: Mapping[str, Path] = {package.name.partition("_")[0]: package for package in scratch.glob("*.deb")}
    (folder / "go").mkdir(parents=True)
    for name in _GO:
        _run(["dpkg-deb", "--extract", str(packages[name]), str(folder / "go" / name)], scratch)
    unpacked = scratch / "java"
    _run(["dpkg-deb", "--extract", str(packages[_JAVA]), str(unpacked)], scratch)
    [sources] = (path for path in unpacked.rglob("src.zip") if not path.is_symlink())
    with zipfile.ZipFile(sources) as archive:
        chosen = [name for name in archive.namelist() if name.startswith(_JAVA_MODULES)]
        archive.extractall(folder / "java" / "jdk", chosen)  # noqa: S202 - zipfile keeps names inside


if __name__ == "__main__":
    sys.exit(main())
