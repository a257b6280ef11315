"""`countermark verify` over real commits: what CI and a server see, however a forge rewrote the commits."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from xml.etree import ElementTree as ET

import jsonschema
import pytest
import yaml
from attrs import evolve

from countermark.review.entry import Decision, Entry
from countermark.review.ledger import Ledger
from countermark.review.noted import note
from tests.core.provenance.acting import Actors, found
from tests.core.review.sample import entry, hunk
from tests.support import Repository

ONE = (
    "def total(rows):",
    "    valid = [row for row in rows if row.valid]",
    "    return sum(valid)",
    "",
    "",
    "LIMIT = 9",
)
TWO = (
    "def export(rows, path):",
    "    with open(path) as file:",
    "        for row in rows:",
    "            file.write(row)",
)
SCHEMA = Path(__file__).parents[1] / "data" / "sarif-schema-2.1.0.json"


@pytest.fixture
def actors(repository: Repository) -> Actors:
    """Two commits of an agent on a branch, with their notes, behind a first commit of a person's."""
    repository.write("README", "x\n").stage().commit("first")
    made = Actors(repository)
    made.agent("a.py", *ONE)
    made.commit()
    made.agent("b.py", *TWO)
    made.commit()
    return made


def approved(actors: Actors, *texts: tuple[str, ...], noted: bool = True, **more: object) -> list[Entry]:
    """Entries about texts, in the ledger and, as a review of a range does it, in the notes of HEAD."""
    repository = found(actors.repository)
    paths = {ONE: "a.py", TWO: "b.py"}
    made = [evolve(entry(hunk(*text, path=paths.get(text, "a.py"))), **more) for text in texts]  # type: ignore[arg-type]
    kept = [Ledger.of(repository).append(one) for one in made]
    if noted:
        head = actors.repository.git("rev-parse", "HEAD").stdout.strip()
        note(repository, [(head, one) for one in kept])
    return kept


def verify(repository: Repository, *arguments: str) -> subprocess.CompletedProcess[str]:
    return repository.countermark("verify", *arguments)


def without_ledger(repository: Repository) -> None:
    """As a clone in CI has it: the notes and nothing else of ours."""
    for file in (repository.path / ".git" / "countermark").iterdir():
        file.unlink()


def test_every_hunk_needs_an_answer(actors: Actors) -> None:
    repository = actors.repository
    approved(actors, ONE)

    done = verify(repository, "HEAD~2..HEAD", "--format", "json")

    (finding,) = json.loads(done.stdout)["findings"]
    assert (done.returncode, finding["rule"], finding["path"]) == (1, "review/ai-unreviewed", "b.py")
    assert "1 of 2 hunks answered for, in 2 commits" in done.stderr
    approved(actors, TWO)
    without_ledger(repository)
    assert verify(repository, "HEAD~2..HEAD").returncode == 0
    assert verify(repository, "HEAD").returncode == 0  # all that leads to it


def test_a_squash_and_a_rebase_on_a_forge_lose_nothing(actors: Actors) -> None:
    """The forge knows none of our hooks: no note is on the new commits, and none of the old ones is reachable."""
    repository = actors.repository
    approved(actors, ONE, TWO)
    without_ledger(repository)
    tree = repository.git("rev-parse", "HEAD^{tree}").stdout.strip()
    squashed = repository.git("commit-tree", tree, "-p", "HEAD~2", "-m", "squashed").stdout.strip()
    repository.git("update-ref", "refs/heads/main", squashed)

    done = verify(repository, "HEAD~1..HEAD")

    assert done.returncode == 0
    assert "2 of 2 hunks answered for, in 1 commit" in done.stderr


def test_a_change_cannot_loosen_what_it_is_judged_by(actors: Actors) -> None:
    repository = actors.repository
    repository.write("countermark.toml", '[review]\ngate = "off"\n').stage().commit("switch it off")

    assert verify(repository, "HEAD~3..HEAD").returncode == 1
    repository.write("countermark.toml", 'exclude = ["*"]\n').stage().commit("hide it all")
    assert verify(repository, "HEAD~4..HEAD").returncode == 1
    assert verify(repository, "HEAD~1..HEAD").returncode == 0


@pytest.mark.parametrize("shape", ["sarif", "junit", "markdown"])
def test_every_format_tells_the_same(actors: Actors, shape: str) -> None:
    done = verify(actors.repository, "HEAD~2..HEAD", "--format", shape)

    assert done.returncode == 1
    match shape:
        case "sarif":
            log = json.loads(done.stdout)
            jsonschema.validate(log, json.loads(SCHEMA.read_text()))
            assert [one["ruleId"] for one in log["runs"][0]["results"]] == ["review/ai-unreviewed"] * 2
        case "junit":
            assert ET.fromstring(done.stdout).get("failures") == "2"  # noqa: S314 - our own
        case "markdown":
            assert done.stdout.startswith("### Countermark fails\n\n2 block.\n")
            assert "    countermark review HEAD~2..HEAD\n" in done.stdout


def test_a_rejection_blocks(actors: Actors) -> None:
    approved(actors, ONE, TWO)
    approved(actors, ONE, decision=Decision.REJECT, comment="no", at=2000)

    done = verify(actors.repository, "HEAD~2..HEAD", "--format", "json")

    assert [one["rule"] for one in json.loads(done.stdout)["findings"]] == ["review/rejected"]


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        ((), "name a RANGE"),
        (("HEAD", "--pre-receive"), "name a RANGE"),
        (("nowhere..HEAD",), "unknown revision: nowhere"),
        (("--end..x",), "No such option"),
        (("HEAD", "--allowed-signers", "nowhere"), "no such file of allowed signers"),
    ],
)
def test_what_cannot_be_verified_is_refused(actors: Actors, arguments: tuple[str, ...], said: str) -> None:
    done = verify(actors.repository, *arguments)

    assert (done.returncode, done.stdout, said in done.stderr) == (2, "", True)


def test_a_shallow_clone_is_refused(actors: Actors, tmp_path: Path, home: Path) -> None:
    source = f"file://{actors.repository.path}"
    actors.repository.git("clone", "-q", "--depth", "1", source, str(tmp_path / "shallow"))

    done = verify(Repository(tmp_path / "shallow", home, init=False), "HEAD")

    assert done.returncode == 2
    assert "fetch-depth: 0" in done.stderr


def test_ready_files_are_what_they_should_be(repository: Repository) -> None:
    printed = {name: verify(repository, "--print", name).stdout for name in ("github", "gitlab", "pre-receive")}

    job = yaml.safe_load(printed["github"])["jobs"]["verify"]
    assert job["steps"][0]["with"]["fetch-depth"] == 0
    assert 'countermark verify "$BASE..$HEAD"' in job["steps"][-1]["run"]
    assert any("countermark verify" in line for line in yaml.safe_load(printed["gitlab"])["countermark"]["script"])
    checked = subprocess.run(["sh", "-n"], input=printed["pre-receive"], text=True, check=False)
    assert checked.returncode == 0


@pytest.fixture
def server(actors: Actors, tmp_path: Path) -> Repository:
    """A bare repository with the hook that the command prints; ours has it as its origin."""
    repository = actors.repository
    bare = Repository(tmp_path / "server.git", tmp_path / "home", init=False)
    bare.git("init", "-q", "--bare", "-b", "main")
    hook = bare.path / "hooks" / "pre-receive"
    hook.write_text(verify(repository, "--print", "pre-receive").stdout)
    hook.chmod(0o755)
    repository.git("remote", "add", "origin", str(bare.path))
    return bare


def push(repository: Repository, *refs: str) -> subprocess.CompletedProcess[str]:
    programs = str(Path(sys.executable).parent)
    path = {"PATH": f"{programs}:{repository.env['PATH']}"}
    return repository.git("push", "origin", *refs, check=False, env=path)


def test_a_server_takes_what_somebody_answers_for(actors: Actors, server: Repository) -> None:
    repository = actors.repository
    assert push(repository, "HEAD~2:refs/heads/main").returncode == 0

    refused = push(repository, "main", "refs/notes/countermark")

    assert refused.returncode == 1
    assert "AI-written lines that nobody has answered for" in refused.stderr
    approved(actors, ONE, TWO)
    assert push(repository, "main", "refs/notes/countermark").returncode == 0
    assert server.git("rev-parse", "main").stdout == repository.git("rev-parse", "main").stdout


def test_a_new_branch_is_judged_by_the_servers_own_settings(actors: Actors, server: Repository) -> None:
    repository = actors.repository
    push(repository, "HEAD~2:refs/heads/main")
    repository.write("countermark.toml", '[review]\ngate = "off"\n').stage().commit("switch it off")

    assert push(repository, "HEAD:refs/heads/topic", "refs/notes/countermark").returncode == 1
    assert server.git("branch", "--format=%(refname)").stdout == "refs/heads/main\n"
