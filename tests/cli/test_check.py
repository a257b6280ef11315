"""`countermark check` as people and CI run it: the real command on real repositories."""

from __future__ import annotations

import json
import os
import signal
import stat
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

import pytest

from countermark_cli.progress import Bar
from tests.support import Repository, fake_aws_key

CLEAN = "region = 'eu-west-1'\n"
LEAK = f"key = '{fake_aws_key()}'\n"


def found(repository: Repository, *args: str, code: int = 1, **more: Any) -> dict[str, Any]:
    """What a check finds, by the JSON; the exit code is the expected one."""
    done = repository.countermark("check", "--format", "json", *args, **more)
    assert (done.returncode, done.stderr) == (code, ""), done.stdout
    value = json.loads(done.stdout)
    assert isinstance(value, dict)
    return value


def paths(value: dict[str, Any]) -> list[str]:
    return [finding["path"] for finding in value["findings"] if finding["verdict"] == "block"]


@pytest.fixture
def leaky(repository: Repository) -> Repository:
    """A repository that holds a leak, committed."""
    return repository.write("src/settings.py", LEAK).write("src/region.py", CLEAN).stage().commit()


def test_a_leak_is_shown_and_blocks(leaky: Repository) -> None:
    done = leaky.countermark("check")
    assert (done.returncode, done.stderr) == (1, "")
    assert done.stdout.startswith("src/settings.py\n  1:8  block  ")
    assert "     1 │ key = '********'\n" in done.stdout
    assert "the check fails" in done.stdout
    assert fake_aws_key() not in done.stdout


@pytest.mark.parametrize("arguments", [(), ("--staged",), ("src",), ("--history",), ("src/region.py",)])
def test_silence_when_all_is_well(repository: Repository, arguments: tuple[str, ...]) -> None:
    repository.write("src/region.py", CLEAN).stage().commit()
    done = repository.countermark("check", *arguments)
    assert (done.returncode, done.stdout, done.stderr) == (0, "", "")


def test_only_the_families_that_are_asked_for_are_looked_for(repository: Repository) -> None:
    repository.write(
        "a.py", LEAK + "import requests\nrequests.get('https://example.com', verify=False)\n"
    ).stage().commit()
    asked = [(), ("--only", "secrets"), ("--only", "py"), ("--only", "py, secrets")]
    said = [{finding["rule"].split("/")[0] for finding in found(repository, *args)["findings"]} for args in asked]
    assert said == [{"py", "secrets"}, {"secrets"}, {"py"}, {"py", "secrets"}]


def test_an_unknown_family_is_a_usage_error(leaky: Repository) -> None:
    done = leaky.countermark("check", "--only", "secrets,secret")
    assert (done.returncode, done.stdout) == (2, "")
    assert "no family of rules 'secret'" in done.stderr


def test_an_empty_repository_is_clean(repository: Repository) -> None:
    for arguments in ((), ("--staged",), ("--history",)):
        done = repository.countermark("check", *arguments)
        assert (done.returncode, done.stdout, done.stderr) == (0, "", "")


@pytest.mark.parametrize(
    ("arguments", "blocked"),
    [
        ((), ["src/settings.py"]),
        (("src",), ["src/settings.py"]),
        (("src/settings.py", "src/region.py"), ["src/settings.py"]),
        (("src/region.py",), []),
    ],
)
def test_paths(leaky: Repository, arguments: tuple[str, ...], blocked: list[str]) -> None:
    assert paths(found(leaky, *arguments, code=1 if blocked else 0)) == blocked


def test_the_whole_repository_from_within(leaky: Repository) -> None:
    assert paths(found(leaky, cwd=leaky.path / "src")) == ["src/settings.py"]
    assert paths(found(leaky, ".", cwd=leaky.path / "src")) == ["src/settings.py"]


def test_what_git_ignores_is_left_alone_unless_named(leaky: Repository) -> None:
    leaky.write(".gitignore", "*.env\n").write("local.env", LEAK)
    assert paths(found(leaky)) == ["src/settings.py"]
    assert paths(found(leaky, "local.env")) == ["local.env"]


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("nowhere.py",), "nowhere.py: No such file or directory"),
        (("src", "no\x1bwhere"), "no\\x1bwhere: No such file or directory"),
        (("loop",), "loop: Too many levels of symbolic links"),
        (("--staged", "src"), "PATH and --staged exclude each other"),
        (("--range", "A..B", "--history"), "--range and --history exclude each other"),
        (("--explain", "x/y", "--staged"), "--staged and --explain exclude each other"),
        (("--range", "HEAD"), "not a range: HEAD; write A..B, or A...B for what B adds since it left A"),
        (("--range", "no..HEAD"), "unknown revision: no"),
        (("--range", "--output=x..HEAD"), "not a range: --output=x..HEAD"),
        (("--output", "no/such/folder"), "--output no/such/folder: not a file in a folder that exists"),
        (("--output", "src"), "--output src: not a file in a folder that exists"),
        (("--format", "xml"), "Invalid value for '--format'"),
        (("--fail-on", "never"), "Invalid value for '--fail-on'"),
        (("--jobs", "0"), "Invalid value for '--jobs'"),
    ],
)
def test_what_cannot_be_meant(leaky: Repository, arguments: tuple[str, ...], said: str) -> None:
    (leaky.path / "loop").symlink_to("loop")
    done = leaky.countermark("check", *arguments)
    assert (done.returncode, done.stdout) == (2, "")
    assert said in done.stderr
    assert done.stderr.count("\n") == 1
    assert "\x1b" not in done.stderr


def test_where_there_is_no_repository(repository: Repository, tmp_path: Path) -> None:
    folder = tmp_path / "plain"
    (folder / "below").mkdir(parents=True)
    (folder / "below" / "a.py").write_text(LEAK)
    assert paths(found(repository, cwd=folder)) == ["below/a.py"]
    assert paths(found(repository, str(folder / "below"))) == ["a.py"]
    for arguments in (("--staged",), ("--range", "A..B"), ("--history",)):
        done = repository.countermark("check", *arguments, cwd=folder)
        assert (done.returncode, done.stdout) == (2, "")
        assert done.stderr == "countermark: there is no git repository here\n"


def test_a_bare_repository(leaky: Repository, tmp_path: Path) -> None:
    leaky.git("clone", "-q", "--bare", ".", str(tmp_path / "bare.git"))
    bare = tmp_path / "bare.git"
    for arguments in ((), ("--staged",)):
        done = leaky.countermark("check", *arguments, cwd=bare)
        assert (done.returncode, done.stdout, done.stderr.count("\n")) == (2, "", 1)
    assert paths(found(leaky, "--history", cwd=bare)) == ["src/settings.py"]


@pytest.mark.parametrize(
    ("staged", "worktree", "blocked"),
    [(LEAK, CLEAN, True), (CLEAN, LEAK, False), (LEAK, None, True)],
    ids=["leak-clean", "clean-leak", "leak-deleted"],
)
def test_only_staged_bytes_count(repository: Repository, staged: str, worktree: str | None, blocked: bool) -> None:
    repository.write("a.py", staged).stage().write("a.py", worktree)
    assert paths(found(repository, "--staged", code=int(blocked))) == ["a.py"] * blocked


def test_lines_that_the_change_left_alone_do_not_block(leaky: Repository) -> None:
    leaky.write("src/settings.py", LEAK + CLEAN).stage()
    [finding] = found(leaky, "--staged", code=0)["findings"]
    assert (finding["verdict"], finding["reason"]) == (
        "warn",
        "policy.untouched: the change did not touch this line",
    )


def test_a_range_is_judged_by_the_settings_at_its_end(leaky: Repository) -> None:
    first = leaky.git("rev-parse", "HEAD").stdout.strip()
    leaky.write("new.py", LEAK).stage().commit()
    assert paths(found(leaky, "--range", f"{first}..HEAD")) == ["new.py"]
    leaky.write("countermark.toml", "[[paths]]\nmatch = ['new.py']\nat-most = 'note'\n")
    assert paths(found(leaky, "--range", f"{first}..HEAD")) == ["new.py"]
    leaky.stage().commit()
    assert paths(found(leaky, "--range", f"{first}..", code=0)) == []


def test_a_range_of_a_branch_leaves_out_what_the_base_gained(leaky: Repository) -> None:
    leaky.git("checkout", "-q", "-b", "topic")
    leaky.write("topic.py", LEAK).stage().commit()
    leaky.git("checkout", "-q", "main")
    leaky.write("main.py", LEAK).stage().commit()
    assert paths(found(leaky, "--range", "main...topic")) == ["topic.py"]


def test_history_remembers(leaky: Repository) -> None:
    leaky.write("src/settings.py", CLEAN).stage().commit()
    assert paths(found(leaky, code=0)) == []
    [finding] = found(leaky, "--history")["findings"]
    assert finding["path"] == "src/settings.py"
    leaky.git("cat-file", "-e", f"{finding['commit']}^{{commit}}")


def test_a_detached_head(leaky: Repository) -> None:
    leaky.git("checkout", "-q", "--detach")
    assert paths(found(leaky)) == ["src/settings.py"]


@pytest.mark.parametrize(
    ("name", "text", "verdicts"),
    [
        ("src/new.py", CLEAN + LEAK, ["block"]),
        ("src/settings.py", CLEAN + LEAK, ["warn"]),
        ("src/region.py", CLEAN + LEAK, ["block"]),
        ("no/such/folder/a.py", LEAK, ["block"]),
        ("src/region.py", CLEAN, []),
    ],
    ids=["new", "known-leak", "known-file", "no-folder", "clean"],
)
def test_a_buffer_is_compared_to_head(leaky: Repository, name: str, text: str, verdicts: list[str]) -> None:
    value = found(leaky, "--stdin-filename", name, code=int("block" in verdicts), input=text)
    assert [(finding["path"], finding["verdict"]) for finding in value["findings"]] == [(name, v) for v in verdicts]


def test_a_buffer_from_within_and_from_outside(leaky: Repository, tmp_path: Path) -> None:
    within = found(leaky, "--stdin-filename", "new.py", cwd=leaky.path / "src", input=LEAK)
    outside = found(leaky, "--stdin-filename", str(leaky.path / "src/new.py"), cwd=tmp_path, input=LEAK)
    assert paths(within) == paths(outside) == ["src/new.py"]


def test_a_buffer_that_is_too_large_is_skipped(leaky: Repository) -> None:
    leaky.write("countermark.toml", "[limits]\nfile-bytes = 100\n")
    value = found(leaky, "--stdin-filename", "a.py", code=0, input=LEAK * 10)
    assert value["summary"]["skipped"] == [{"path": "a.py", "why": "larger than 100 bytes (limits.file-bytes)"}]


def test_paths_of_several_repositories_are_each_judged_by_their_own_settings(
    leaky: Repository, tmp_path: Path, home: Path
) -> None:
    other = Repository(tmp_path / "other", home).write("a.py", LEAK).stage().commit()
    (tmp_path / "plain").mkdir()
    (tmp_path / "plain" / "b.py").write_text(LEAK)
    other.write("countermark.toml", "[[paths]]\nmatch = ['*.py']\nat-most = 'note'\n")
    value = found(leaky, str(other.path), "src", str(tmp_path / "plain" / "b.py"))
    assert [(finding["path"], finding["verdict"]) for finding in value["findings"]] == [
        ("work/src/settings.py", "block"),
        ("plain/b.py", "block"),
        ("other/a.py", "note"),
    ]
    assert value["summary"]["files"] == 5


def test_a_repository_within_another_is_looked_at_once(leaky: Repository, home: Path) -> None:
    Repository(leaky.path / "inner", home).write("a.py", LEAK).stage().commit()
    value = found(leaky, ".", "inner")
    assert paths(value) == ["src/settings.py", "inner/a.py"]
    assert value["summary"]["skipped"] == []
    assert [item["path"] for item in found(leaky, ".")["summary"]["skipped"]] == ["inner"]


def test_a_hooks_environment_does_not_hide_another_repository(leaky: Repository, tmp_path: Path, home: Path) -> None:
    other = Repository(tmp_path / "other", home).write("a.py", LEAK).stage().commit()
    pinned = {"GIT_DIR": str(leaky.path / ".git"), "GIT_WORK_TREE": str(leaky.path)}
    assert paths(found(leaky, str(other.path), env=pinned)) == ["a.py"]


@pytest.mark.parametrize(("fail_on", "code"), [("block", 0), ("review", 0), ("warn", 1), ("note", 1), (None, 1)])
def test_fail_on(leaky: Repository, fail_on: str | None, code: int) -> None:
    leaky.write("countermark.toml", "[policy]\nfail-on = 'warn'\n[[paths]]\nmatch = ['*.py']\nat-most = 'warn'\n")
    arguments = ("--fail-on", fail_on) if fail_on else ()
    assert len(found(leaky, *arguments, code=code)["findings"]) == 1


def test_suppressions_and_their_flags(repository: Repository) -> None:
    repository.write(
        "a.py", LEAK.rstrip() + "  # countermark: allow secrets/* because it is a fake for a test\n"
    ).stage()
    rule = found(repository, "--ignore-inline")["findings"][0]["rule"]
    text = f"{LEAK.rstrip()}  # countermark: allow {rule} because it is a fake for a test\n"
    repository.write("a.py", text)
    assert found(repository, code=0)["findings"] == []
    assert paths(found(repository, "--ignore-inline")) == ["a.py"]


def test_the_baseline_and_its_flag(leaky: Repository) -> None:
    [finding] = found(leaky)["findings"]
    entry = {key: finding[key] for key in ("fingerprint", "rule", "path")}
    leaky.write(".countermark/baseline.jsonl", json.dumps(entry) + "\n")
    assert found(leaky, code=0)["findings"] == []
    assert paths(found(leaky, "--no-baseline")) == ["src/settings.py"]


def test_faulty_settings_are_all_told(leaky: Repository) -> None:
    leaky.write("countermark.toml", "[policy]\nfail-on = 'blok'\nbogus = 1\n")
    done = leaky.countermark("check")
    assert (done.returncode, done.stdout) == (2, "")
    assert "fail-on" in done.stderr
    assert "bogus" in done.stderr


def test_an_organisation_that_overrides_is_named(leaky: Repository, tmp_path: Path) -> None:
    policy = tmp_path / "policy.toml"
    policy.write_text("[policy]\nfail-on = 'block'\n")
    leaky.write("countermark.toml", "[policy.block]\nseverity = 'critical'\nconfidence = 'high'\n")
    done = leaky.countermark("check", env={"COUNTERMARK_POLICY": str(policy)})
    assert "countermark: the organisation's policy overrides " in done.stderr


@pytest.mark.parametrize("name", ["json", "sarif", "github", "gitlab", "junit"])
def test_formats_into_a_file(leaky: Repository, tmp_path: Path, name: str) -> None:
    printed = leaky.countermark("check", "--format", name)
    done = leaky.countermark("check", "--format", name, "--output", str(tmp_path / "report"))
    assert (printed.returncode, done.returncode, done.stdout) == (1, 1, "")
    assert done.stderr == f"countermark: 1 block: see {tmp_path / 'report'}\n"
    assert (tmp_path / "report").read_text("utf-8") == printed.stdout != ""


def test_sarif_describes_every_rule(leaky: Repository) -> None:
    driver = json.loads(leaky.countermark("check", "--format", "sarif").stdout)["runs"][0]["tool"]["driver"]
    listed = json.loads(leaky.countermark("rules", "list", "--format", "json").stdout)["rules"]
    assert [rule["id"] for rule in driver["rules"]] == [rule["id"] for rule in listed]


def test_a_device_is_written_to_and_never_replaced(leaky: Repository, tmp_path: Path) -> None:
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    reader = subprocess.Popen(["cat", pipe], stdout=subprocess.PIPE, text=True)
    done = leaky.countermark("check", "--format", "json", "--output", str(pipe))
    said, _ = reader.communicate(timeout=30)
    assert (done.returncode, json.loads(said)["summary"]["block"]) == (1, 1)
    assert stat.S_ISFIFO(pipe.stat().st_mode)


def test_a_file_that_cannot_be_written_is_a_failure(leaky: Repository) -> None:
    if not Path("/dev/full").exists():
        pytest.skip("the system has no full device")
    done = leaky.countermark("check", "--output", "/dev/full")
    assert (done.returncode, done.stdout) == (3, "")
    assert done.stderr == "countermark: cannot write to /dev/full: No space left on device\n"


@pytest.mark.parametrize(
    ("environ", "coloured"), [({}, False), ({"FORCE_COLOR": "1"}, True), ({"FORCE_COLOR": "1", "NO_COLOR": "1"}, False)]
)
def test_colour(leaky: Repository, environ: dict[str, str], coloured: bool) -> None:
    assert ("\x1b[" in leaky.countermark("check", env=environ).stdout) is coloured


def test_names_from_the_repository_cannot_steer_the_terminal(repository: Repository) -> None:
    repository.write("a\x1b[2J\u202e\n.py", LEAK).stage()
    done = repository.countermark("check", env={"LC_ALL": "C.UTF-8"})
    assert done.returncode == 1
    assert done.stdout.startswith("a\\x1b[2J\\u202e\\n.py\n")


@pytest.mark.parametrize("locale", ["C", "C.UTF-8"])
def test_any_locale_will_do(repository: Repository, locale: str) -> None:
    repository.write("名前.py", f"鍵 = '{fake_aws_key()}'\n").stage()
    command = [sys.executable, "-I", "-m", "countermark_cli", "check"]
    environ = {**repository.env, "LC_ALL": locale}
    done = subprocess.run(command, cwd=repository.path, env=environ, capture_output=True, check=False)
    assert (done.returncode, done.stderr) == (1, b"")
    assert done.stdout.decode("utf-8").startswith("名前.py\n")


def test_a_folder_without_any_file_to_look_at_is_named(leaky: Repository) -> None:
    (leaky.path / "empty").mkdir()
    assert [item["path"] for item in found(leaky, "empty", code=0)["summary"]["skipped"]] == ["empty"]


def test_ctrl_c_leaves_no_report(leaky: Repository, tmp_path: Path) -> None:
    """A git that stands still in the middle of the scan, so that the interrupt always comes in the middle."""
    slow = tmp_path / "bin" / "git"
    slow.parent.mkdir()
    slow.write_text(
        f'#!/bin/sh\ncase "$*" in *ls-files*) touch "{tmp_path}/scanning"; sleep 60;; esac\nPATH="{os.environ["PATH"]}" exec git "$@"\n'
    )
    slow.chmod(0o755)
    environ = {**leaky.env, "PATH": f"{slow.parent}{os.pathsep}{leaky.env['PATH']}"}
    command = [sys.executable, "-I", "-m", "countermark_cli", "check", "--output", str(tmp_path / "report")]
    process = subprocess.Popen(
        command, cwd=leaky.path, env=environ, stderr=subprocess.PIPE, text=True, start_new_session=True
    )
    end = time.monotonic() + 30
    while not (tmp_path / "scanning").exists() and time.monotonic() < end:
        time.sleep(0.01)
    os.killpg(process.pid, signal.SIGINT)
    _, said = process.communicate(timeout=30)
    assert process.returncode == 130
    assert said.strip() == "countermark: interrupted; the result is incomplete"
    assert [path.name for path in tmp_path.iterdir() if "report" in path.name] == []


_BAR = "from countermark_cli.progress import Bar\nwith Bar({total}, {shown}, began={began}) as bar: bar.advance(5)"


@pytest.mark.parametrize(
    ("total", "shown", "began", "seen"),
    [(10, True, 0, "5 of 10 files"), (None, True, 0, "5 files"), (10, False, 0, ""), (10, True, float("1e18"), "")],
)
def test_the_bar_waits_until_somebody_might_wonder(total: int | None, shown: bool, began: float, seen: str) -> None:
    terminal, stderr = os.openpty()
    code = _BAR.format(total=total, shown=shown, began=began)
    environ = {**os.environ, "TERM": "xterm", "COLUMNS": "100"}
    subprocess.run([sys.executable, "-c", code], stderr=stderr, env=environ, check=True)
    os.write(stderr, b".")  # so that there is something to read
    said = os.read(terminal, 10_000).decode()
    os.close(stderr)
    os.close(terminal)
    assert seen in said
    assert (said == ".") is (seen == "")


def test_a_bar_that_is_not_shown_still_counts() -> None:
    with Bar(2, shown=False) as bar:
        bar.advance(1)
