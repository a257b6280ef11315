"""How long the pattern rules take: for a hook on ten changed files, and for an editor on one; beside other scanners in the same run.

    python benchmarks/patterns_speed.py [--rounds N] [--rules N] [--peers [DIR]] [--json FILE]

The hook's part is our installed hook, with its resident process, on ten new files in mixed languages: every rule, and all else that a
hook does, less the time of a Python that does nothing. Beside it are a process of its own that asks the rules alone, and
`semgrep scan` with the same rules and files. Once nothing is wrong in the code, and once a file of each language ends in insecure
code. The hook is judged by the least time of all rounds, the rules alone by processor time, which other work on the machine disturbs
least. The editor's part asks the warm engine as an editor does, half-typed texts included; its figures are the least of all rounds.
``--rules`` adds rules that find nothing until there are so many, which tells what a larger pack would cost.
"""

from __future__ import annotations

import argparse
import itertools
import json
import os
import subprocess
import sys
import tempfile
import time
import venv
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from attrs import asdict
from peers import Row, measure, of, print_table, print_targets
from serving import resident

from countermark.change import FileChange
from countermark.config.schema import Limits, Settings
from countermark.content import Content
from countermark.finding import Confidence, Rule, Severity
from countermark_rules.detectors.patterns import bundle, warm
from countermark_rules.detectors.patterns.bundle import PatternRule
from countermark_rules.detectors.patterns.detector import PatternsDetector
from countermark_rules.detectors.patterns.packs import PACKS
from countermark_rules.detectors.patterns.scanning import Engine
from countermark_rules.engine import examine

_HOOK = "countermark, its hook"
_CLEAN, _INSECURE, _EDITOR = "ten changed files", "ten changed files, six of them insecure", "one file in an editor"
_KEYSTROKES = itertools.count()
_PEERS = {"bandit": "bandit", "njsscan": "njsscan", "codeshield": "codeshield"}
_PYTHON = """
class Service{n}:
    def fetch(self, url, path, verify=True):
        response = requests.get(url, verify=verify, timeout=3)
        if response.status_code != 200:
            logger.warning("fetch %s failed", url)
            return None
        return self.store(path, yaml.safe_load(response.text))

    def store(self, path, value):
        with open(path, "w") as stream:
            json.dump(value, stream)
        return subprocess.run(["sync", path], check=True)
"""
_JAVASCRIPT = """
export async function handler{n}(request, response) {
  const found = await pool.query("select * from t where id = $1", [request.params.id]);
  if (!found.rows.length) {
    response.status(404).json({ error: "nothing there" });
    return;
  }
  element.textContent = found.rows[0].name;
  response.json(await fetch(base + "/items", { method: "POST", body: JSON.stringify(found) }));
}
"""
_GO = """
func handler{n}(w http.ResponseWriter, r *http.Request) {
	rows, err := db.Query("select a from t where id = ?", r.URL.Query().Get("id"))
	if err != nil {
		http.Error(w, "failed", 500)
		return
	}
	defer rows.Close()
	_ = exec.Command("sync", "now").Run()
}
"""
_JAVA = """
  void handle{n}(HttpServletRequest request, Connection connection) throws Exception {
    PreparedStatement statement = connection.prepareStatement("select a from t where id = ?");
    statement.setString(1, request.getParameter("id"));
    statement.executeQuery();
    Runtime.getRuntime().exec(new String[] {"sync", "now"});
  }
"""
_TERRAFORM = """
resource "aws_s3_bucket" "b{n}" {
  bucket = "logs-{n}"
  acl    = "private"
  tags   = { team = "a" }
}
"""
_WORKFLOW = (
    "  job{n}:\n    runs-on: ubuntu-latest\n    steps:\n      - uses: actions/checkout@v4\n      - run: make test\n"
)
_FILES = {
    "app/views.py": ("import json\nimport subprocess\n\nimport requests\nimport yaml\n", _PYTHON, 60),
    "app/models.py": ("import requests\nimport pickle\n", _PYTHON, 40),
    "app/jobs.py": ("import os\n", _PYTHON, 20),
    "web/server.js": ("", _JAVASCRIPT, 50),
    "web/client.js": ("", _JAVASCRIPT, 30),
    "web/types.ts": ("", _JAVASCRIPT, 30),
    "cmd/main.go": ("package main\n", _GO, 50),
    "src/App.java": ("class App {\n", _JAVA, 40),
    "infra/main.tf": ("", _TERRAFORM, 30),
    ".github/workflows/ci.yml": ("name: ci\non: [push]\njobs:\n", _WORKFLOW, 10),
}
_CLOSES = {"src/App.java": "}\n"}
_INSECURE_ENDS = {
    "app/views.py": """
@app.route("/search")
def search():
    name = request.args["name"]
    cursor.execute(f"SELECT * FROM people WHERE name = '{name}'")
    return subprocess.run(f"grep {name} log", shell=True, check=True)
""",
    "web/server.js": """
export async function search(request, response) {
  const found = await pool.query(`select * from people where name = '${request.query.name}'`);
  response.json(await fetch(request.query.next), found);
}
""",
    "cmd/main.go": """
func search(w http.ResponseWriter, r *http.Request) {
	http.Get(r.FormValue("next"))
	exec.Command("sh", "-c", "grep "+r.FormValue("name")).Run()
}
""",
    "src/App.java": """
  void search(HttpServletRequest request, Connection connection) throws Exception {
    String name = request.getParameter("name");
    connection.createStatement().executeQuery("select * from people where name = '" + name + "'");
    Runtime.getRuntime().exec("grep " + name);
  }
""",
    "infra/main.tf": """
resource "aws_s3_bucket_acl" "all" {
  bucket = "logs"
  acl    = "public-read"
}
""",
}
# Looks at the files that it is given, as a hook does once it has them.
_CHILD = """
import sys
from pathlib import Path
from countermark.change import FileChange
from countermark.config.schema import Settings
from countermark.content import Content
from countermark_rules.detectors.patterns import bundle
from countermark_rules.detectors.patterns.detector import PatternsDetector
from countermark_rules.engine import examine
bundle.BUNDLES = Path(sys.argv[1])
files = [FileChange(name, Content(Path(name).read_bytes())) for name in sys.argv[2:]]
seen = examine(files, [PatternsDetector(Settings())], Settings().limits)
if any(one.failures or one.remarks for one in seen):
    sys.exit("; ".join(str(one.failures or one.remarks) for one in seen))
"""


def main() -> int:
    """Measure, print the tables, say whether the targets hold."""
    arguments = _arguments()
    with tempfile.TemporaryDirectory(prefix="countermark-benchmark-") as name:
        folder = Path(name)
        count = _write_bundles(folder / "bundles", arguments.rules)
        rows = []
        for scenario in (_CLEAN, _INSECURE):
            files = folder / scenario
            _write_files(files, insecure=scenario == _INSECURE)
            print(f"{count} rules, {_lines(files)} lines; load {os.getloadavg()[0]:.1f}")
            with tempfile.TemporaryDirectory(prefix="cm-") as runtime, resident(Path(runtime)):
                rows += _hook(scenario, files, arguments.rounds, arguments.peers, shipped=not arguments.rules)
            print_table(rows, scenario, base="semgrep scan")
        bundle.BUNDLES = folder / "bundles"
        times = _editor(arguments.rounds)
    held = _targets(rows, times)
    if arguments.json:
        said = {"rules": count, "rows": [asdict(row) for row in rows], "editor": times, "targets": held}
        arguments.json.write_text(json.dumps(said, indent=2), "utf-8")
    return 0


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--rounds", type=int, default=3, help="rounds of each measurement (default: 3)")
    parser.add_argument("--rules", type=int, default=0, help="add rules until there are so many")
    cache = Path(os.environ.get("XDG_CACHE_HOME", Path.home() / ".cache"), "countermark-benchmarks", "code-peers")
    parser.add_argument("--peers", type=Path, nargs="?", const=cache, help="measure the peers too, installed there")
    parser.add_argument("--json", type=Path, help="write the figures to this file too")
    return parser.parse_args()


def _text(name: str, times: int | None = None, *, insecure: bool = False) -> str:
    head, body, usual = _FILES[name]
    parts = [body.replace("{n}", str(number)) for number in range(times or usual)]
    end = _INSECURE_ENDS.get(name, "") if insecure else ""
    return f"{head}{''.join(parts)}{end}{_CLOSES.get(name, '')}"


def _write_files(folder: Path, *, insecure: bool) -> None:
    for name in _FILES:
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(_text(name, insecure=insecure), "utf-8")


def _lines(folder: Path) -> int:
    return sum((folder / name).read_bytes().count(b"\n") for name in _FILES)


def _write_bundles(folder: Path, wanted: int) -> int:
    """The packs as they ship, with what is added spread over the languages; the rules for `semgrep scan` beside them."""
    folder.mkdir()
    packs = {name: json.loads((bundle.BUNDLES / f"{name}.json").read_bytes())[2:] for name in PACKS}
    more = iter(_more())
    while sum(map(len, packs.values())) < wanted:
        name, entry = next(more)
        packs[name].append(entry)
    for name, entries in packs.items():
        (folder / f"{name}.json").write_text(bundle.written(entries), "utf-8")
    rules = [entry["semgrep"] for entries in packs.values() for entry in entries]
    (folder.parent / "rules.json").write_text(json.dumps({"rules": rules}), "utf-8")
    return len(rules)


def _more() -> Iterator[tuple[str, dict[str, Any]]]:
    """Rules whose words are in the files and whose patterns are not; every twelfth follows data."""
    languages = {"py": ["python"], "js": ["javascript", "typescript"], "go": ["go"], "java": ["java"]}
    words = {"py": "requests", "js": "fetch", "go": "exec", "java": "Runtime"}
    number = 0
    while True:
        for pack, read in languages.items():
            number += 1
            sink = f"{words[pack]}.never{number}(...)"
            search: dict[str, Any] = {"pattern": sink}
            if number % 48 < len(languages):
                sources = [{"pattern": "request.params"}, {"pattern": "input()"}] if pack in {"py", "js"} else []
                search = {"mode": "taint", "pattern-sources": sources or [{"pattern": "source()"}]}
                search["pattern-sinks"] = [{"pattern": sink}]
            id_ = f"{pack}.added{number}"
            semgrep = {"id": id_, "languages": read, "severity": "INFO", "message": "m", **search}
            rule = Rule(id_.replace(".", "/"), "t", "w", "r", Severity.LOW, Confidence.LOW)
            yield pack, _entry(PatternRule(rule, pack, semgrep, (words[pack].encode(),)))


def _entry(rule: PatternRule) -> dict[str, Any]:
    known = rule.rule
    said = {"id": known.id, "title": known.title, "why": known.why, "remedy": known.remedy, "severity": "low"}
    empty: dict[str, Any] = {"cwe": [], "owasp": [], "references": [], "include": [], "exclude": []}
    more: dict[str, Any] = {
        "confidence": "low",
        "likelihood": None,
        "needs": [],
        "within": [],
        "tests": True,
        "safe": False,
    }
    return {**said, **empty, **more, "anchors": [word.decode() for word in rule.anchors], "semgrep": rule.semgrep}


def _hook(scenario: str, folder: Path, rounds: int, peers: Path | None, *, shipped: bool) -> list[Row]:
    files, beside = list(_FILES), folder.parent
    scan = [
        "scan",
        "--config",
        str(beside / "rules.json"),
        "--metrics",
        "off",
        "--disable-version-check",
        "--quiet",
        "--json",
    ]
    programs: dict[str, Sequence[str]] = {
        "python -c pass": [sys.executable, "-I", "-c", "pass"],
        "countermark": [sys.executable, "-I", "-c", _CHILD, str(beside / "bundles"), *files],
        "semgrep scan": [str(Path(sys.executable).with_name("semgrep")), *scan, *files],
    }
    if shipped:  # it asks no others
        programs[_HOOK] = [str(_staged(folder))]
    if peers is not None:
        programs |= _peers(peers)
    return measure(scenario, programs, cwd=folder, rounds=rounds)


def _staged(folder: Path) -> Path:
    """Our hook in a repository where all files are staged."""
    for command in (
        ["git", "init", "--quiet"],
        ["git", "add", "--all"],
        [sys.executable, "-I", "-m", "countermark_cli", "install"],
    ):
        subprocess.run(command, cwd=folder, check=True, stdout=subprocess.DEVNULL)
    return folder / ".git" / "hooks" / "pre-commit"


def _peers(folder: Path) -> dict[str, Sequence[str]]:
    """The peers' commands, in an environment of their own; codeshield has none, so it is called as its page says."""
    binaries = folder / "bin"
    if not binaries.exists():
        venv.create(folder, with_pip=True)
        install = [str(binaries / "python"), "-m", "pip", "install", "--quiet", *_PEERS.values()]
        subprocess.run(install, check=True)
    shield = (
        "import asyncio,sys;from codeshield.cs import CodeShield\n"
        "[asyncio.run(CodeShield.scan_code(open(name).read())) for name in sys.argv[1:]]"
    )
    python = [name for name in _FILES if name.endswith(".py")]
    return {
        "bandit": [str(binaries / "bandit"), "--quiet", "--exit-zero", *python],
        "njsscan": [str(binaries / "njsscan"), "--json", "web"],
        "codeshield": [str(binaries / "python"), "-c", shield, *python],
    }


def _editor(rounds: int) -> dict[str, float]:
    """Milliseconds of the warm engine for texts of two lengths, whole and half typed, with nothing wrong in them and with."""
    times: dict[str, float] = {}
    warm._PATIENCE = 60.0  # noqa: SLF001 - a busy machine is no reason to step down
    engine = warm.Warm()
    try:
        for name in ("app/views.py", "web/server.js"):
            for lines in (300, 2_000):
                for insecure in (False, True):
                    whole = _text(name, lines // _FILES[name][1].count("\n"), insecure=insecure)
                    for kind, text in (("whole", whole), ("half typed", _half_typed(whole))):
                        label = f"{name}, {lines} lines{', insecure' if insecure else ''}, {kind}"
                        times[label] = min([_asked(engine, name, text) for _ in range(rounds + 2)][2:])
    finally:
        engine.close()
    print(f"{_EDITOR}\n" + "".join(f"  {label:<56}{took:>8.1f} ms\n" for label, took in times.items()))
    return times


def _half_typed(whole: str) -> str:
    middle = whole.index("\n", len(whole) // 2) + 1
    rest = whole[middle:]
    indent = rest[: len(rest) - len(rest.lstrip(" "))]
    return f"{whole[:middle]}{indent}value = call(\n{rest}"


def _asked(engine: Engine, name: str, text: str) -> float:
    typed = f"{text}{'#' if name.endswith('.py') else '//'} {next(_KEYSTROKES)}\n"  # nothing is known of it yet
    file = FileChange(name, Content(typed.encode()))
    begun = time.perf_counter()
    settings = Settings(limits=Limits(file_seconds=120))
    [examined] = examine([file], [PatternsDetector(settings, engine=engine)], settings.limits)
    took = (time.perf_counter() - begun) * 1000
    if examined.failures or examined.remarks:
        sys.exit(f"{name}: {examined.failures or examined.remarks}")
    return took


def _targets(rows: Sequence[Row], times: dict[str, float]) -> dict[str, bool]:
    held: dict[str, bool] = {}
    for scenario in (_CLEAN, _INSECURE):
        ours, python = of(rows, "countermark", scenario), of(rows, "python -c pass", scenario)
        ratio = of(rows, "semgrep scan", scenario).cpu / ours.cpu
        if any(row.program == _HOOK for row in rows):
            beyond = of(rows, _HOOK, scenario).least - python.least
            held[f"{scenario}: the hook takes at most 400 ms beyond Python's start: {beyond:.0f} ms"] = beyond <= 400  # noqa: PLR2004
        held[f"{scenario}: at least 10 times faster than semgrep scan: {ratio:.1f} times"] = ratio >= 10  # noqa: PLR2004
    for lines, most in ((300, 50), (2_000, 350)):
        worst = max(took for label, took in times.items() if f"{lines} lines" in label)
        held[f"at most {most} ms for {lines} lines: {worst:.0f} ms"] = worst <= most
    print_targets(held)
    return held


if __name__ == "__main__":
    sys.exit(main())
