"""After an upgrade, or while a file is edited, what is in memory must serve nobody."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

import countermark.finding
from countermark_hooks.resident.installed import Installed
from countermark_rules.detectors.patterns.bundle import BUNDLES


def test_what_was_imported_and_read_is_watched() -> None:
    files = Installed.now().files

    assert countermark.finding.__file__ in files
    assert {str(BUNDLES / "py.json"), str(BUNDLES.parents[1] / "guards" / "bundle.json")} <= files.keys()
    assert os.__file__ not in files


@pytest.mark.parametrize("change", ["touched", "longer", "replaced", "gone"])
def test_any_change_is_seen(change: str, tmp_path: Path) -> None:
    file, other = tmp_path / "module.py", tmp_path / "other.py"
    for path in (file, other):
        path.write_text("x = 1\n")
        os.utime(path, (1, 1))
    state = file.stat()
    installed = Installed({str(file): (state.st_mtime_ns, state.st_size, state.st_ino)})
    assert not installed.changed()

    match change:
        case "touched":
            os.utime(file, (2, 2))
        case "longer":
            file.write_text("x = 10\n")
            os.utime(file, (1, 1))
        case "replaced":
            other.replace(file)
        case _:
            file.unlink()

    assert installed.changed()


def test_what_was_written_while_it_was_read_is_told() -> None:
    installed = Installed({"module.py": (100, 1, 1)})

    assert [installed.newer_than(when) for when in (99, 100, 101)] == [True, False, False]
