"""What every way to ask Semgrep has to say; `scripts/oldest-semgrep` runs it with the oldest Semgrep that is allowed."""

from __future__ import annotations

import os
import signal
import socketserver
import subprocess
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest

from countermark.errors import PartFailed
from countermark_rules.detectors.patterns import ahead, semgrep
from countermark_rules.detectors.patterns.rungs import COMMAND_LINE, CORE, EXPERIMENTAL
from countermark_rules.detectors.patterns.scanning import Bounds, Engine, Kind, Output, Source
from countermark_rules.detectors.patterns.warm import Warm

from .texts import ALL, EVAL, EXPECTED, SOURCES, TAINT, placed, python, rule

BOUNDS = Bounds(seconds=150)


@pytest.fixture(scope="module")
def warm() -> Iterator[Warm]:
    engine = Warm(cold=Broken())
    yield engine
    engine.close()


class Broken:
    """An engine that nobody may need."""

    name = "nothing"

    def scan(self, rules: object, sources: object, bounds: object) -> Output:  # noqa: ARG002 - Engine's signature
        raise AssertionError("the warm engine did not answer itself")


COLD = [pytest.param(rung, id=rung.name.replace(" ", "-")) for rung in (CORE, EXPERIMENTAL, COMMAND_LINE)]


@pytest.fixture
def hostile(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Iterator[list[str]]:
    """A user, a folder and an environment that would switch rules, login, metrics and proxies on; the requests that come of it."""
    asked: list[str] = []

    class Listener(socketserver.BaseRequestHandler):
        def handle(self) -> None:
            asked.append(str(self.client_address))

    server = socketserver.TCPServer(("127.0.0.1", 0), Listener)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    url = f"http://127.0.0.1:{server.server_address[1]}"
    names = (
        "SEMGREP_URL",
        "SEMGREP_APP_URL",
        "SEMGREP_METRICS_URL",
        "SEMGREP_VERSION_CHECK_URL",
        "SEMGREP_FAIL_OPEN_URL",
    )
    proxies = ("http_proxy", "https_proxy", "HTTP_PROXY", "HTTPS_PROXY", "ALL_PROXY", "OTEL_EXPORTER_OTLP_ENDPOINT")
    for name in (*names, *proxies):
        monkeypatch.setenv(name, url)
    more = {
        "SEMGREP_RULES": "p/default",
        "SEMGREP_APP_TOKEN": "a" * 64,
        "SEMGREP_SEND_METRICS": "on",
        "SEMGREP_ENABLE_VERSION_CHECK": "1",
        "SEMGREP_BASELINE_COMMIT": "HEAD",
        "SEMGREP_SETTINGS_FILE": str(tmp_path / "settings.yml"),
        "SEMGREP_TIMEOUT": "0",
        "SEMGREP_EXCLUDE": "*",
        "HOME": str(tmp_path),
    }
    for name, value in more.items():
        monkeypatch.setenv(name, value)
    (tmp_path / "settings.yml").write_text(f"api_token: {'b' * 64}\nhas_shown_metrics_notification: true\n")
    (tmp_path / ".semgrep").mkdir()
    (tmp_path / ".semgrep" / "settings.yml").write_text(f"api_token: {'b' * 64}\n")
    (tmp_path / ".semgrepignore").write_text("*\n")
    monkeypatch.chdir(tmp_path)
    yield asked
    server.shutdown()
    server.server_close()


def left() -> set[str]:
    """What lies in the current folder, the hostile user's home."""
    return {path.as_posix() for path in Path().rglob("*")}


@pytest.mark.parametrize("rung", COLD)
def test_it_finds_the_same_and_asks_nobody(rung: Engine, hostile: list[str]) -> None:
    output = rung.scan(ALL, SOURCES, BOUNDS)

    assert placed(output) == EXPECTED
    assert output.troubles == ()
    assert hostile == []
    assert left() == {"settings.yml", ".semgrep", ".semgrep/settings.yml", ".semgrepignore"}  # it wrote nothing either


@pytest.mark.skipif(os.name == "nt", reason="there is none on Windows")
def test_the_warm_one_finds_the_same_and_asks_nobody(hostile: list[str], warm: Warm) -> None:
    for _ in range(2):
        output = warm.scan(ALL, SOURCES, BOUNDS)

        assert placed(output) == EXPECTED
        assert output.troubles == ()
    assert hostile == []
    assert left() == {"settings.yml", ".semgrep", ".semgrep/settings.yml", ".semgrepignore"}


@pytest.mark.parametrize("rung", COLD[:2])
def test_what_cannot_be_read_or_used_is_named(rung: Engine) -> None:
    broken = rule("local.broken", ["python"], pattern="foo(((")
    sources = [python("half.py", "eval(a)\ndef f(:\n   ((((\n"), python("bytes.py", b'x = "\xff\xfe"; eval("\xff")\n')]

    output = rung.scan([EVAL, broken], sources, BOUNDS)

    assert {(one.kind, one.path) for one in output.troubles} == {(Kind.SYNTAX, "half.py"), (Kind.RULE, None)}
    assert {one.rule for one in output.troubles if one.kind is Kind.RULE} == {"local.broken"}
    assert [(one.path, one.start) for one in output.matches if one.path == "bytes.py"] == [("bytes.py", 10)]


def large(functions: int) -> str:
    return "".join(
        f"def f{n}(a):\n    b = a + source()\n    if b:\n        sink(b)\n    return b\n" for n in range(functions)
    )


def test_a_rule_that_takes_too_long_is_named_with_its_file() -> None:
    sources = [python("large.py", large(8_000)), python("small.py", "eval(a)\n")]

    output = CORE.scan([EVAL, TAINT], sources, Bounds(seconds=100, rule_seconds=0.3))

    assert {(one.kind, one.path, one.rule) for one in output.troubles} >= {(Kind.TIMEOUT, "large.py", "py.taint")}
    assert [one.path for one in output.matches if one.rule == "py.eval"] == ["small.py"]


@pytest.mark.parametrize(
    ("path", "text", "analyzer"),
    [
        pytest.param("brackets.py", "x = " + "(" * 3_000 + "1" + ")" * 3_000 + "\neval(y)\n", "python", id="python"),
        pytest.param("brackets.js", "a" + "[b" * 5_000 + "]" * 5_000 + ";\neval(y);\n", "javascript", id="javascript"),
        pytest.param("brackets.json", "[" * 500 + '"eval"' + "]" * 500, "json", id="json"),
        pytest.param("random.py", "\x01\x02eval(\x00\x7f" * 200, "python", id="no-python"),
        pytest.param("png.tf", "\ufffdPNG\r\n\x1a\n\x00\x00eval(" * 20, "terraform", id="no-terraform"),
    ],
)
def test_what_no_parser_was_made_for_neither_stops_it_nor_hides_another_file(
    path: str, text: str, analyzer: str
) -> None:
    found = rule("any.eval", [analyzer], pattern='"eval"' if analyzer == "json" else "eval(...)")
    nested = Source(path, text.encode(), (analyzer,), path[path.index(".") :])

    output = CORE.scan([found, EVAL], [nested, python("other.py", "eval(a)\n")], BOUNDS)

    assert "other.py" in {one.path for one in output.matches}
    assert all(one.path == path for one in output.troubles if one.kind is not Kind.RULE)
    named = {one.path for one in output.matches} | {one.path for one in output.troubles}
    assert named == {path, "other.py"}


@pytest.mark.parametrize("spoiled", [False, True], ids=["waiting", "ended early"])
def test_a_core_that_was_started_ahead_says_the_same(spoiled: bool) -> None:
    """Where it has ended, another one is started, and nobody need hear of that."""
    CORE.ahead(BOUNDS)
    if spoiled:
        (one,) = ahead.waiting
        one.process.kill()
        one.process.wait()

    output = CORE.scan(ALL, SOURCES, BOUNDS)

    assert placed(output) == EXPECTED
    assert output == CORE.scan(ALL, SOURCES, BOUNDS)
    assert not ahead.waiting


def test_no_thread_is_left_behind_an_answer() -> None:
    """Processes that share work are forked only where there is none."""
    before = threading.active_count()

    for begun in (True, False):
        if begun:
            CORE.ahead(BOUNDS)
        CORE.scan([EVAL], SOURCES[:1], BOUNDS)

        assert threading.active_count() == before


def test_it_waits_and_ends_when_nobody_holds_its_gate() -> None:
    """As when we are killed: nothing of it stays."""
    CORE.ahead(BOUNDS)
    one = ahead.take(BOUNDS)
    assert one is not None

    with one.process, one.place:
        with pytest.raises(subprocess.TimeoutExpired):
            one.process.wait(2)
        os.close(one.gate)
        assert one.process.wait(20) != 0


@pytest.mark.parametrize("begun", [False, True], ids=["as usual", "ahead"])
def test_no_certificate_of_the_system_is_read(begun: bool, monkeypatch: pytest.MonkeyPatch) -> None:
    """With none that it can use it does not start, so on a machine without any it has to be ours."""
    for module in (semgrep, ahead):
        monkeypatch.setattr(module, "CERTIFICATE", b"nothing")
    if begun:
        CORE.ahead(BOUNDS)

    with pytest.raises(PartFailed, match="no answer"):
        CORE.scan(ALL, SOURCES, BOUNDS)


def test_one_for_other_bounds_is_not_asked() -> None:
    CORE.ahead(BOUNDS)
    (one,) = ahead.waiting

    assert ahead.take(Bounds(rule_seconds=BOUNDS.rule_seconds / 2)) is None
    assert ahead.take(Bounds(jobs=BOUNDS.jobs + 1)) is None

    ahead.discard()
    assert one.process.returncode == -signal.SIGKILL
    assert not one.folder.exists()
