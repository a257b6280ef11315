"""Manifests that are read line by line: pip's, npm's and Bundler's, setup.cfg, go.mod, pom.xml, Gradle, and commands in scripts."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping

from countermark.content import Span
from countermark.lazily import lazy

from .needs import Need, Risk, Source, is_plain, risks_of

Found = Need | Source

_REQUIREMENT = lazy(
    r"[ \t]*([^\s\[\]<>=!~;,#@()./\\:-][^\s\[\]<>=!~;,#@()/\\:]*)[ \t]*(?:\[[^\]\n]*\])?[ \t]*(?:@[ \t]*(\S+)|(?=[<>=!~;,#\s(]|$))"
)
_OPTION = lazy(r"[ \t]*(--?[a-z][\w-]*)[ =][ \t]*(\S+)")
_INDEX_OPTION = lazy(
    r"(?i)(--(?:extra-)?index-url|--find-links|PIP_(?:EXTRA_)?INDEX_URL|-i|-f)[ =]+[\"']?(\S+?)[\"']?(?=\s|$)"
)
_SETTING = lazy(r"(?mi)^[ \t]*(extra-index-url|index-url|find-links|trusted-host)[ \t]*=[ \t]*(\S+)")
_GO = lazy(r"(?m)^[ \t]*(?:require[ \t]+)?([a-z0-9.-]+\.[a-z]+/[^\s\"]+|[a-z]\S*\.\S+/\S+)[ \t]+v\d\S*")
_MAVEN = lazy(
    r"<(?:dependency|plugin|parent)>\s*<groupId>\s*([^<\s]+)\s*</groupId>\s*<artifactId>\s*([^<\s]+)\s*</artifactId>(?:\s*<version>\s*([^<\s]+))?"
)
_MAVEN_URL = lazy(r"<url>\s*(http://[^<\s]+)")
_MAVEN_SOURCE = lazy(r"<(/?)(?:repository|pluginRepository|mirror)>")
_ENTRY = 1000  # characters that an entry of pom.xml may have before its address
_GRADLE = lazy(
    r"(?m)^[ \t]*(?:implementation|api|compileOnly|runtimeOnly|testImplementation|annotationProcessor|kapt|ksp|classpath)"
    r"[ \t]*\(?[ \t]*(?:platform\()?[\"']([\w.-]+):([\w.-]+)(?::([^\"':]+))?[\"':]"
)
_GRADLE_URL = lazy(
    r"(?:url[ \t]*(?:=|\()?[ \t]*(?:uri\()?[ \t]*[\"'](http://[^\"']+)|(allowInsecureProtocol[ \t]*(?:=[ \t]*)?true))"
)
_GEM = lazy(r"(?m)^[ \t]*gem[ \t(]+[\"']([\w.-]+)[\"']([^\n#]*)")
_GEM_SOURCE = lazy(r"(?m)^source[ \t(]+[\"']([^\"'\n]+)[\"']\)?[ \t]*(?:#.*)?$")
_USES = lazy(r"(?m)^[ \t]*(?:-[ \t]+)?uses:[ \t]*[\"']?([\w.-]+/[\w.-]+)(?:/[^@\s\"']+)?@")
_NPM_REGISTRY = lazy(r"(?mi)^[ \t]*(?:(@[\w.-]+:)?registry)[ \t]*=[ \t]*(\S+)|^[ \t]*(strict-ssl[ \t]*=[ \t]*false)")
_SETUP = lazy(r"(?m)^(?:install_requires|setup_requires|tests_require)[ \t]*=(.*(?:\n(?:[ \t]+.*)?)*)")
_MOVING = lazy(r"(?i)^(?:LATEST|RELEASE|\S*\+|latest\.\w+)$")
_TRUSTED = "no certificate is asked of this host"


def requirements(text: str) -> Iterator[Found]:
    """Requirements files and constraints of pip."""
    at = 0
    for line in text.split("\n"):
        yield from _requirement_line(line, at)
        at += len(line) + 1


def _requirement_line(line: str, at: int) -> Iterator[Found]:
    stripped = line.strip()
    if stripped.startswith("-"):
        yield from _option(line, at)
    elif _is_address(stripped):
        yield from sources(stripped.split(" #")[0].rstrip("\\ "), _span(line, at, stripped))
    elif stripped and not stripped.startswith("#"):
        yield from requirement(line, at)


def requirement(text: str, at: int) -> Iterator[Found]:
    """One requirement as PEP 508 writes it, which begins at ``at`` of the file."""
    if (found := _REQUIREMENT.match(text)) is None:
        return
    yield Need("pypi", found[1], _of(found, 1, at))
    if found[2]:
        yield from sources(text[found.start(2) :].split(" ;", 1)[0].strip(), _of(found, 2, at))


def _option(line: str, at: int) -> Iterator[Found]:
    if (found := _OPTION.match(line)) is None:
        return
    name, value, span = found[1], found[2].strip("\"'"), _of(found, 2, at)
    if name in {"-e", "--editable"}:
        yield from sources(value, span)
    elif name == "--trusted-host":
        yield Source(Risk.PLAIN_HTTP, _TRUSTED, span)
    else:
        yield from _index(name, value, span)


def _index(name: str, value: str, span: Span) -> Iterator[Source]:
    name = name.lower().replace("_", "-").lstrip("-").removeprefix("pip-")
    if name == "extra-index-url":
        yield Source(Risk.EXTRA_INDEX, "", span)
    if name in {"extra-index-url", "index-url", "find-links", "i", "f"} and is_plain(value):
        yield Source(Risk.PLAIN_HTTP, "", span)


def sources(address: str, span: Span) -> Iterator[Source]:
    """What is wrong with an address that a package comes from."""
    for risk in risks_of(address):
        yield Source(risk, "", span)


def setup_cfg(text: str) -> Iterator[Found]:
    """The requirements in setup.cfg."""
    for block in _SETUP.finditer(text):
        at = block.start(1)
        for line in block[1].split("\n"):
            if line.strip() and not line.lstrip().startswith("#"):
                yield from requirement(line, at)
            at += len(line) + 1


def pip_settings(text: str) -> Iterator[Found]:
    """pip.conf."""
    for found in _SETTING.finditer(text):
        if found[1].lower() == "trusted-host":
            yield Source(Risk.PLAIN_HTTP, _TRUSTED, _of(found, 2))
        else:
            yield from _index(found[1], found[2], _of(found, 2))


def go_mod(text: str) -> Iterator[Found]:
    """go.mod: a version there is a tag or a commit, and go.sum has its hash."""
    for found in _GO.finditer(text):
        yield Need("go", found[1], _of(found, 1))


def pom(text: str) -> Iterator[Found]:
    """Maven's pom.xml."""
    for found in _MAVEN.finditer(text):
        yield Need("maven", f"{found[1]}:{found[2]}", Span(found.start(1), found.end(2)))
        if found[3] and _MOVING.match(found[3]):
            yield Source(Risk.UNPINNED, "", _of(found, 3))
    for found in _MAVEN_URL.finditer(text):
        around = list(_MAVEN_SOURCE.finditer(text, max(0, found.start() - _ENTRY), found.start()))
        if is_plain(found[1]) and around and not around[-1][1]:
            yield Source(Risk.PLAIN_HTTP, "", _of(found, 1))


def gradle(text: str) -> Iterator[Found]:
    """Gradle's build files, in Groovy and Kotlin."""
    for found in _GRADLE.finditer(text):
        yield Need("maven", f"{found[1]}:{found[2]}", Span(found.start(1), found.end(2)))
        if found[3] and _MOVING.match(found[3]):
            yield Source(Risk.UNPINNED, "", _of(found, 3))
    for found in _GRADLE_URL.finditer(text):
        if found[2] or is_plain(found[1]):
            yield Source(Risk.PLAIN_HTTP, "", _of(found, 2 if found[2] else 1))


def gemfile(text: str) -> Iterator[Found]:
    """Bundler's Gemfile."""
    for found in _GEM.finditer(text):
        yield Need("gems", found[1], _of(found, 1))
        if re.search(r"\b(?:git|github|gist|bitbucket)(?::|\s*=>)", found[2]) and not re.search(
            r"\bref(?::|\s*=>)", found[2]
        ):
            yield Source(Risk.UNPINNED, "", _of(found, 1))
    for number, found in enumerate(_GEM_SOURCE.finditer(text)):
        if is_plain(found[1]):
            yield Source(Risk.PLAIN_HTTP, "", _of(found, 1))
        if number:
            yield Source(Risk.EXTRA_INDEX, "", _of(found, 1))


def workflow(text: str) -> Iterator[Found]:
    """GitHub workflows: the names of actions, and indexes in commands. How actions are pinned is for the rules of `gha/`."""
    for found in _USES.finditer(text):
        yield Need("actions", found[1], _of(found, 1))
    yield from commands(text)


def commands(text: str) -> Iterator[Found]:
    """Scripts, Dockerfiles and pipelines: the indexes that pip is told of."""
    for found in _INDEX_OPTION.finditer(text):
        line = text[text.rfind("\n", 0, found.start()) + 1 : found.start()]
        short = found[1] in {"-i", "-f"}
        if not line.lstrip().startswith("#") and (not short or re.search(r"\bpip3?\b", line)):
            yield from _index(found[1], found[2], _of(found, 2))


def npmrc(text: str) -> Iterator[Found]:
    """Settings of npm."""
    for found in _NPM_REGISTRY.finditer(text):
        if found[3] or is_plain(found[2]):
            yield Source(Risk.PLAIN_HTTP, "", _of(found, 3 if found[3] else 2))


def _is_address(text: str) -> bool:
    return text.startswith(("http://", "https://", "git+", "hg+", "svn+", "bzr+"))


def _of(found: re.Match[str], group: int, at: int = 0) -> Span:
    return Span(at + found.start(group), at + found.end(group))


def _span(line: str, at: int, part: str) -> Span:
    start = at + line.index(part)
    return Span(start, start + len(part))


_FILES: tuple[tuple[str, Callable[[str], Iterator[Found]]], ...] = (
    (r"[^/]*requirements[^/]*\.(?:txt|in)|requirements/[^/]+\.(?:txt|in)|[^/]*constraints[^/]*\.txt", requirements),
    (r"setup\.cfg", setup_cfg),
    (r"pip\.(?:conf|ini)", pip_settings),
    (r"go\.mod", go_mod),
    (r"pom\.xml", pom),
    (r"[^/]+\.gradle(?:\.kts)?", gradle),
    (r"Gemfile|gems\.rb", gemfile),
    (r"\.npmrc", npmrc),
    (r"\.github/workflows/[^/]+\.ya?ml|action\.ya?ml", workflow),
    (r"(?:[^/]*\.)?(?:Docker|Container)file(?:\.[^/]+)?|[^/]+\.sh|[^/]*\.gitlab-ci\.ya?ml|Makefile|tox\.ini", commands),
)
READERS: Mapping[re.Pattern[str], Callable[[str], Iterator[Found]]] = {
    re.compile(rf"(?:^|/)(?:{pattern})$"): reader for pattern, reader in _FILES
}
