"""The packs of rules: what their ids begin with, which files they are about, and how Semgrep reads those. A pack is one row."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping

from attrs import frozen


@frozen
class Pack:
    """Rules with one prefix. ``example`` is a path that they are about, for fixtures and documentation.

    ``endings`` say what such paths end with, in small letters, ``names`` as an expression how they are named besides.
    """

    title: str
    example: str
    endings: tuple[str, ...]
    names: str = ""

    def concerns(self, path: str) -> bool:
        """Whether its rules are about a file. Most are told by their endings, so that no expression has to be compiled."""
        if not path.lower().endswith(self.endings):
            return False
        return not self.names or re.search(rf"(?:^|/)(?:{self.names})$", path, re.IGNORECASE) is not None


_JS = tuple(f".{module}{language}s{markup}" for module in ("", "c", "m") for language in "jt" for markup in ("", "x"))
_YAML = (".yml", ".yaml")

PACKS: Mapping[str, Pack] = {
    "py": Pack("Python", "app/views.py", (".py", ".pyi")),
    "js": Pack("JavaScript and TypeScript", "src/server.ts", _JS),
    "go": Pack("Go", "cmd/main.go", (".go",)),
    "java": Pack("Java", "src/App.java", (".java",)),
    "sh": Pack("Shell", "scripts/deploy.sh", (".sh", ".bash", ".ksh", ".zsh", ".dash")),
    "html": Pack("HTML templates", "templates/page.html", (".html", ".htm", ".jinja", ".jinja2", ".j2", ".vue")),
    "docker": Pack("Dockerfile", "Dockerfile", ("",), r"(?:[^/]*\.)?(?:Docker|Container)file(?:\.[^/]+)?"),
    "tf": Pack("Terraform", "infra/main.tf", (".tf", ".tofu")),
    "k8s": Pack("Kubernetes", "deploy/app.yaml", _YAML),
    "compose": Pack("Compose", "docker-compose.yml", _YAML, r"(?:docker-)?compose[^/]*"),
    "gha": Pack("GitHub Actions", ".github/workflows/ci.yml", _YAML, r"\.github/workflows/[^/]+|action\.ya?ml"),
    "gitlab": Pack("GitLab CI", ".gitlab-ci.yml", _YAML, r"[^/]*\.gitlab-ci\.ya?ml|\.gitlab/[^/]+"),
    "mcp": Pack(
        "MCP settings", ".mcp.json", (".json",), r"[^/]*mcp[^/]*|claude_desktop_config\.json|\.claude/settings[^/]*"
    ),
}
# Semgrep's name for how a file is read, by what its name ends with.
_ANALYZERS: Mapping[str, str] = {
    **dict.fromkeys((".py", ".pyi"), "python"),
    **dict.fromkeys((".js", ".jsx", ".mjs", ".cjs"), "javascript"),
    **dict.fromkeys((".ts", ".tsx", ".mts", ".cts"), "typescript"),
    ".go": "go",
    ".java": "java",
    **dict.fromkeys((".sh", ".bash", ".ksh", ".zsh", ".dash"), "bash"),
    **dict.fromkeys((".html", ".htm", ".jinja", ".jinja2", ".j2", ".vue"), "html"),
    **dict.fromkeys((".tf", ".tofu"), "terraform"),
    **dict.fromkeys((".yml", ".yaml"), "yaml"),
    ".json": "json",
    # Only rules of a repository's own are about these.
    ".rb": "ruby",
    ".php": "php",
    ".rs": "rust",
    ".cs": "csharp",
    ".c": "c",
    **dict.fromkeys((".cpp", ".cc", ".cxx", ".hpp", ".hh", ".h"), "cpp"),
    **dict.fromkeys((".kt", ".kts"), "kotlin"),
    ".scala": "scala",
    ".swift": "swift",
    ".lua": "lua",
    ".sol": "solidity",
    **dict.fromkeys((".ex", ".exs"), "elixir"),
    ".dart": "dart",
    ".xml": "xml",
}
# Other words for the same, as rules have them.
_ALIASES: Mapping[str, str] = {
    **dict.fromkeys(("py", "python2", "python3"), "python"),
    "js": "javascript",
    "ts": "typescript",
    "golang": "go",
    "sh": "bash",
    "docker": "dockerfile",
    **dict.fromkeys(("tf", "hcl"), "terraform"),
    "rb": "ruby",
    "c#": "csharp",
    "c++": "cpp",
    "kt": "kotlin",
    "sol": "solidity",
    "ex": "elixir",
    "none": "regex",
}
PLAIN = ("generic", "regex")  # the languages of rules that read every text
LANGUAGES = frozenset({*_ANALYZERS.values(), "dockerfile", *PLAIN})
_OWN_SUFFIXES = (".jsx", ".tsx")  # the grammar depends on it
_SUFFIX = re.compile(r"\.[^./]+$")
_TEST = re.compile(
    r"(?:^|/)(?:tests?|testing|__tests__|spec|specs|fixtures|testdata|e2e)/|(?:^|/)(?:test_[^/]*|conftest)\.py$"
    r"|[._-](?:test|tests|spec)\.(?!ya?ml$)[^./]+$|(?:Test|Tests|IT)\.java$",  # run-tests.yml is a workflow
)


def packs_of(path: str) -> tuple[str, ...]:
    """The packs that a file is looked at with."""
    return tuple(name for name, pack in PACKS.items() if pack.concerns(path))


def analyzer(path: str) -> str:
    """Semgrep's name for how a file is read; a Dockerfile is known by its name, whatever that ends with."""
    if PACKS["docker"].concerns(path):
        return "dockerfile"
    suffix = _SUFFIX.search(path.lower())
    return _ANALYZERS.get(suffix[0], "generic") if suffix else "generic"


def suffix(path: str) -> str:
    """What a file's name has to end with for Semgrep to read it as that, whatever it ends with."""
    how, found = analyzer(path), _SUFFIX.search(path.lower())
    if found and found[0] in _OWN_SUFFIXES:
        return found[0]
    return next((ending for ending, name in _ANALYZERS.items() if name == how), ".txt")


def languages(names: Iterable[str]) -> tuple[str, ...]:
    """The languages of a rule in Semgrep's own words."""
    return tuple(dict.fromkeys(_ALIASES.get(name.lower(), name.lower()) for name in names))


def is_test(path: str) -> bool:
    """Whether a file belongs to tests, going by its name and its folders."""
    return bool(_TEST.search(path))
