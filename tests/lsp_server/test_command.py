from __future__ import annotations

import pytest

from tests.support import Repository


def test_check_health_names_versions_and_runs_the_engine(repository: Repository) -> None:
    done = repository.countermark("lsp", "--check-health")

    assert done.returncode == 0, done.stdout
    for part in ("countermark ", "Python ", "pygls ", "lsprotocol ", "engine: ready after "):
        assert part in done.stdout


@pytest.mark.parametrize("args", [("--stdio", "--tcp", "0"), ("--tcp", "65536"), ("--tcp",), ("--unknown",)])
def test_a_wrong_command_line_is_refused(repository: Repository, args: tuple[str, ...]) -> None:
    done = repository.countermark("lsp", *args)

    assert done.returncode == 2
    assert "Traceback" not in done.stderr


def test_the_flag_that_some_editors_add_is_taken(repository: Repository) -> None:
    done = repository.countermark("lsp", "--stdio", input="")

    assert (done.returncode, done.stdout) == (0, "")
