"""Rules and texts that the tests of the engines share; `eval` is what they look for."""

from __future__ import annotations

from typing import Any

from countermark_rules.detectors.patterns.scanning import Match, Output, Source


def rule(id_: str, languages: list[str], **how: Any) -> dict[str, Any]:
    """A rule as Semgrep wants it."""
    return {"id": id_, "languages": languages, "severity": "ERROR", "message": "m", **how}


EVAL = rule("py.eval", ["python"], pattern="eval($X)", fix="literal_eval($X)")
TAINT = rule(
    "py.taint",
    ["python"],
    mode="taint",
    **{"pattern-sources": [{"pattern": "source()"}], "pattern-sinks": [{"pattern": "sink(...)"}]},
)
REGEX = rule("x.regex", ["regex"], **{"pattern-regex": "TODO-[0-9]+"})
GENERIC = rule("x.generic", ["generic"], pattern="password is ...")
JS = rule("js.eval", ["javascript", "typescript"], pattern="eval($X)")
DOCKER = rule("docker.root", ["dockerfile"], pattern="USER root")
YAML = rule("k8s.privileged", ["yaml"], pattern="privileged: true")
ALL = [EVAL, TAINT, REGEX, GENERIC, JS, DOCKER, YAML]


def python(path: str, text: str | bytes, *more: str) -> Source:
    """A text that is read as Python."""
    return Source(path, text.encode() if isinstance(text, str) else text, ("python", *more), ".py")


SOURCES = [
    python("wide.py", 'x = "é😀\u2028"; eval(y)  # nosemgrep\r\nz = "ü" # TODO-7\nw = eval("é")\n', "regex"),
    python("tests/nosem.py", "eval(a)  # nosemgrep: py.eval\nsink(source())\n"),
    Source("vendor/a.ts", b"const a: string = 'x';\neval(a);\n", ("typescript",), ".ts"),
    Source("view.tsx", b"const a = <b c={eval(d)}/>;\n", ("typescript",), ".tsx"),
    Source("node_modules/deep/Dockerfile", b"FROM a\nUSER root\n", ("dockerfile",)),
    Source("deploy/pod.yml", b"spec:\n  privileged: true\n", ("yaml",), ".yml"),
    Source("notes.weird", "ä password is hunter\n".encode(), ("generic",), ".txt"),
]


def placed(output: Output) -> set[tuple[str, str, str, str | None]]:
    """Rule, path, the text that matched, and the fix."""
    texts = {source.path: source.data for source in SOURCES}
    return {(one.rule, one.path, shown(one, texts[one.path]), one.fix) for one in output.matches if _asked(one)}


def shown(match: Match, data: bytes) -> str:
    """What a match covers."""
    return data[match.start : match.end].decode()


def _asked(match: Match) -> bool:
    """Command lines read every file as plain text too; the detector leaves out what was not asked."""
    analyzers = next(source.analyzers for source in SOURCES if source.path == match.path)
    return not match.rule.startswith("x.") or match.rule.removeprefix("x.") in analyzers


EXPECTED = {
    ("py.eval", "wide.py", "eval(y)", "literal_eval(y)"),
    ("py.eval", "wide.py", 'eval("é")', 'literal_eval("é")'),
    ("x.regex", "wide.py", "TODO-7", None),
    ("py.eval", "tests/nosem.py", "eval(a)", "literal_eval(a)"),
    ("py.taint", "tests/nosem.py", "sink(source())", None),
    ("js.eval", "vendor/a.ts", "eval(a)", None),
    ("js.eval", "view.tsx", "eval(d)", None),
    ("docker.root", "node_modules/deep/Dockerfile", "USER root", None),
    ("k8s.privileged", "deploy/pod.yml", "privileged: true", None),
    ("x.generic", "notes.weird", "password is hunter", None),
}
