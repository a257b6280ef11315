"""How long the pattern rules take: for a hook on ten changed files, and for an editor on one; beside other scanners in the same run.

    python benchmarks/patterns_speed.py [--rounds N] [--rules N] [--peers [DIR]] [--json FILE]

The hook's part is a process of its own that looks at ten files in mixed languages with every rule there is, less the time of a Python
that does nothing; `semgrep scan` gets the same rules and files. The editor's part asks the warm engine, half-typed texts included.
``--rules`` adds rules that find nothing until there are so many, which tells what a larger pack would cost.
"""

from __future__ import annotations

import argparse
import json
import os
import subprocess
import sys
import tempfile
import time
import venv
from collections.abc import Iterator, Sequence
from pathlib import Path
from statistics import median
from typing import Any

from attrs import asdict
from peers import Row, measure, of, print_table, print_targets

from countermark.finding import Confidence, Rule, Severity
from countermark_rules.detectors.patterns import bundle
from countermark_rules.detectors.patterns.bundle import PatternRule, load_pack
from countermark_rules.detectors.patterns.packs import PACKS, analyzer, packs_of, suffix
from countermark_rules.detectors.patterns.scanning import Bounds, Source
from countermark_rules.detectors.patterns.warm import Warm

_HOOK, _EDITOR = "ten changed files", "one file in an editor"
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
_ENDS = {"src/App.java": "}\n"}
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
        _write_files(folder)
        count = _write_bundles(folder / "bundles", arguments.rules)
        print(f"{count} rules, {_lines(folder)} lines; load {os.getloadavg()[0]:.1f}\n")
        rows = _hook(folder, arguments.rounds, arguments.peers)
        print_table(rows, _HOOK, base="semgrep scan")
        bundle.BUNDLES = folder / "bundles"
        times = _editor(arguments.rounds)
    held = _targets(rows, times)
    if arguments.json:
        said = {"rules": count, "rows": [asdict(row) for row in rows], "editor": times, "targets": held}
        arguments.json.write_text(json.dumps(said, indent=2), "utf-8")
    return 0


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--rounds", type=int, default=5, help="rounds of each measurement (default: 5)")
    parser.add_argument("--rules", type=int, default=0, help="add rules until there are so many")
    cache = Path(os.environ.get("XDG_CACHE_HOME", Path.home() / ".cache"), "countermark-benchmarks", "code-peers")
    parser.add_argument("--peers", type=Path, nargs="?", const=cache, help="measure the peers too, installed there")
    parser.add_argument("--json", type=Path, help="write the figures to this file too")
    return parser.parse_args()


def _text(name: str, times: int | None = None) -> str:
    head, body, usual = _FILES[name]
    parts = [body.replace("{n}", str(number)) for number in range(times or usual)]
    return head + "".join(parts) + _ENDS.get(name, "")


def _write_files(folder: Path) -> None:
    for name in _FILES:
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(_text(name), "utf-8")


def _lines(folder: Path) -> int:
    return sum((folder / name).read_bytes().count(b"\n") for name in _FILES)


def _write_bundles(folder: Path, wanted: int) -> int:
    """The packs as they ship, with what is added spread over the languages; the rules for `semgrep scan` beside them."""
    folder.mkdir()
    packs = {name: json.loads((bundle.BUNDLES / f"{name}.json").read_bytes())[1:] for name in PACKS}
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
    more: dict[str, Any] = {"confidence": "low", "likelihood": None, "needs": [], "tests": True, "safe": False}
    return {**said, **empty, **more, "anchors": [word.decode() for word in rule.anchors], "semgrep": rule.semgrep}


def _hook(folder: Path, rounds: int, peers: Path | None) -> list[Row]:
    files = list(_FILES)
    scan = ["scan", "--config", "rules.json", "--metrics", "off", "--disable-version-check", "--quiet", "--json"]
    programs: dict[str, Sequence[str]] = {
        "python -c pass": [sys.executable, "-I", "-c", "pass"],
        "countermark": [sys.executable, "-I", "-c", _CHILD, str(folder / "bundles"), *files],
        "semgrep scan": [str(Path(sys.executable).with_name("semgrep")), *scan, *files],
    }
    if peers is not None:
        programs |= _peers(peers)
    return measure(_HOOK, programs, cwd=folder, rounds=rounds)


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
    """Milliseconds of the warm engine, the median, for texts of two lengths, whole and half typed."""
    times: dict[str, float] = {}
    warm = Warm()
    try:
        for name in ("app/views.py", "web/server.js"):
            for lines in (300, 2_000):
                whole = _text(name, lines // _FILES[name][1].count("\n"))
                middle = whole.index("\n", len(whole) // 2) + 1
                indent = whole[middle : middle + len(whole[middle:]) - len(whole[middle:].lstrip(" "))]
                half = f"{whole[:middle]}{indent}value = call(\n{whole[middle:]}"
                for kind, text in (("whole", whole), ("half typed", half)):
                    took = [_asked(warm, name, text) for _ in range(rounds + 2)][2:]
                    times[f"{name}, {lines} lines, {kind}"] = median(took)
    finally:
        warm.close()
    print(f"{_EDITOR}\n" + "".join(f"  {label:<46}{took:>8.1f} ms\n" for label, took in times.items()))
    return times


def _asked(warm: Warm, name: str, text: str) -> float:
    bundle.shipped_pack.cache_clear()
    rules = [one.semgrep for pack in packs_of(name) for one in load_pack(pack)]
    source = Source(name, text.encode(), (analyzer(name),), suffix(name))
    begun = time.perf_counter()
    output = warm.scan(rules, [source], Bounds())
    took = (time.perf_counter() - begun) * 1000
    if output.remarks:
        sys.exit(f"{name}: {'; '.join(output.remarks)}")
    return took


def _targets(rows: Sequence[Row], times: dict[str, float]) -> dict[str, bool]:
    beyond = of(rows, "countermark", _HOOK).median - of(rows, "python -c pass", _HOOK).median
    ratio = of(rows, "semgrep scan", _HOOK).median / of(rows, "countermark", _HOOK).median
    small = max(took for label, took in times.items() if "300 lines" in label)
    large = max(took for label, took in times.items() if "2000 lines" in label)
    held = {
        f"at most 400 ms beyond Python's start: {beyond:.0f} ms": beyond <= 400,  # noqa: PLR2004 - the target
        f"at least 10 times faster than semgrep scan: {ratio:.1f} times": ratio >= 10,  # noqa: PLR2004 - the target
        f"at most 50 ms for 300 lines: {small:.0f} ms": small <= 50,  # noqa: PLR2004 - the target
        f"at most 350 ms for 2,000 lines: {large:.0f} ms": large <= 350,  # noqa: PLR2004 - the target
    }
    print_targets(held)
    return held


if __name__ == "__main__":
    sys.exit(main())
