"""The `credentials` detector: which files to read how, and what is found in them as findings."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from typing import TYPE_CHECKING

from countermark.change import FileChange, Skipped, Trait
from countermark.config.schema import Settings
from countermark.finding import Finding, Lifetime, Rule
from countermark_rules.detector import Said

if TYPE_CHECKING:
    from .uses import Use

# Nobody writes these here, so nobody can mend them here.
_NOT_OURS = frozenset({Trait.GENERATED, Trait.VENDORED, Trait.MINIFIED, Trait.LOCKFILE})
# Compiled when a file asks for it: a change without such files should cost nothing.
_PIPELINES = (
    ("github", r"(?:^|/)\.github/workflows/[^/]+\.ya?ml|(?:.*/)?action\.ya?ml"),
    ("gitlab", r"(?:.*/)?(?:[^/]*\.)?gitlab-ci[^/]*\.ya?ml|(?:.*/)?\.gitlab/.*\.ya?ml"),
    ("circleci", r"(?:.*/)?\.circleci/.*\.ya?ml"),
    ("bitbucket", r"(?:.*/)?bitbucket-pipelines\.ya?ml"),
    ("azure-pipelines", r"(?:.*/)?azure-pipelines[^/]*\.ya?ml|(?:.*/)?\.azure-pipelines/.*\.ya?ml"),
)
_JENKINS = r"(?i)(?:.*/)?(?:Jenkinsfile[^/]*|[^/]*\.jenkinsfile)"
_TESTS = r"(?:.*/)?(?:tests?|specs?|__tests__|testdata|fixtures?)/.*|(?:.*/)?(?:test_|conftest)[^/]*|.*[._](?:test|spec)\.\w+"
_CODE = frozenset({"python", "javascript"})
_SUFFIXES: Mapping[str, str] = {
    ".yml": "manifest",
    ".yaml": "manifest",
    ".tf": "terraform",
    ".py": "python",
    **dict.fromkeys((".js", ".mjs", ".cjs", ".jsx", ".ts", ".mts", ".cts", ".tsx"), "javascript"),
}
# Of the words of one line a file must hold all, of one line at least.
_KEYS = (
    (b"access",),
    (b"secret_key",),
    (b"secretkey",),
    (b"client", b"secret"),
    (b"credential",),
    (b"activate-service-account",),
)
_PIPELINE = (
    *_KEYS,
    (b"secrets.",),
    (b"secrets[",),
    (b"token",),
    (b"password",),
    (b"az login",),
    (b"service_key",),
    (b"sa_key",),
)
_WORDS = (b"access key", b"secret key", b"client secret", b"service key", b"sa key", b"google credentials")
_ANCHORS: Mapping[str, Sequence[Sequence[bytes]]] = {
    **{system: _PIPELINE for system, _ in _PIPELINES},
    "jenkins": (*_KEYS, (b"withaws",), (b"az login",)),
    "manifest": (
        (b"service-account-token",),
        *((words.replace(b" ", mark),) for words in _WORDS for mark in (b"_", b"-", b"")),
    ),
    "terraform": (
        (b"access_key",),
        (b"secret_key",),
        (b"client_secret",),
        (b"credentials",),
        (b"_hmac_key",),
        (b"service_account_key",),
        (b"_password",),
        (b"service-account-token",),
    ),
    "python": ((b"jwt", b".encode("), (b"access_tokens.create(",)),
    "javascript": ((b"jwt.sign",), (b"jsonwebtoken",)),
}  # fmt: skip


class CredentialsDetector:
    """Configuration and code that make long-lived credentials where there is a shorter-lived way; pure."""

    name = "credentials"
    batch = False

    def __init__(self, _settings: Settings | None = None, *, today: date = date.min) -> None:
        self._today = today

    @property
    def rules(self) -> Sequence[Rule]:
        """Every rule that it can report."""
        from .rules import RULES

        return RULES

    def prepare(self) -> None:
        """Nothing: what reads a kind of file is loaded for the first such file."""

    def wants(self, file: FileChange) -> bool:
        """Whether it is of a kind that is read, and holds a word without which nothing is found."""
        kind = _kind(file.path)
        if kind is None or file.commit is not None or file.traits & _NOT_OURS:
            return False
        data = file.after.data if kind in _CODE else file.after.data.lower()
        return any(all(word in data for word in words) for words in _ANCHORS[kind])

    def detect(self, files: Sequence[FileChange]) -> Iterator[Said]:
        """What is found in these files; Skipped for one that cannot be read to its end."""
        from .documents import UnreadError

        for file in files:
            try:
                for use in self._uses(file):
                    yield _finding(use, file)
            except UnreadError as fault:
                yield Skipped(file.path, f"in part: the credentials detector cannot read it, {fault}")

    def _uses(self, file: FileChange) -> Iterator[Use]:
        from . import calls, jenkins, manifests, pipelines, terraform

        text = file.after.text
        match _kind(file.path):
            case "terraform":
                return terraform.uses(text, self._today)
            case "python":
                return calls.in_python(file.after)
            case "javascript":
                return calls.in_javascript(text)
            case "jenkins":
                return jenkins.uses(text)
            case "manifest":
                return manifests.uses(text)
            case system:
                return pipelines.uses(text, str(system))


def _kind(path: str) -> str | None:
    """How a file is read, by its name; None where it is not."""
    kind = _SUFFIXES.get(path[path.rfind(".") :])
    if kind == "manifest":
        return next((system for system, pattern in _PIPELINES if re.fullmatch(pattern, path)), kind)
    if kind in _CODE:
        return None if re.fullmatch(_TESTS, path) else kind
    return kind or ("jenkins" if re.fullmatch(_JENKINS, path) else None)


def _finding(use: Use, file: FileChange) -> Finding:
    from .rules import BY_NAME
    from .ways import in_its_place

    rule = BY_NAME[use.rule]
    return Finding.of(
        rule,
        file.path,
        use.span,
        message=f"{rule.why} {in_its_place(use.way)}",
        secrets=use.literals,
        lifetime=Lifetime.LONG,
        lasts=use.lasts,
    )
