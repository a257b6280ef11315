"""Signs of agents in commits: addresses and trailers that agents leave. They can be forged or removed, so they only ever suspect.

The address is matched and not the name, which may be a person's; and each line by itself, since a forge's squash glues messages
together and git reads trailers from the last paragraph alone.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping, Sequence

from countermark.git.repository import Repository

from .model import Author, State

_BOT = "users.noreply.github.com"
_ADDRESSES: dict[str, str] = {
    "noreply@anthropic.com": "claude",
    f"209825114+claude[bot]@{_BOT}": "claude",
    f"198982749+copilot@{_BOT}": "copilot",
    f"223556219+copilot@{_BOT}": "copilot",
    f"175728472+copilot@{_BOT}": "copilot",
    "copilot@github.com": "copilot",
    "cursoragent@cursor.com": "cursor",
    "noreply@openai.com": "codex",
    "codex@openai.com": "codex",
    f"267193182+codex@{_BOT}": "codex",
    f"199175422+chatgpt-codex-connector[bot]@{_BOT}": "codex",
    f"176961590+gemini-code-assist[bot]@{_BOT}": "gemini",
    f"161369871+google-labs-jules[bot]@{_BOT}": "jules",
    f"158243242+devin-ai-integration[bot]@{_BOT}": "devin",
    "aider@aider.chat": "aider",
    "noreply@aider.chat": "aider",
    "amp@ampcode.com": "amp",
    "noreply@opencode.ai": "opencode",
    "openhands@all-hands.dev": "openhands",
    "noreply@kiro.dev": "kiro",
    "droid@factory.ai": "droid",
    "crush@charm.land": "crush",
    "qwen-coder@alibabacloud.com": "qwen-coder",
    "cascade@windsurf.ai": "windsurf",
    "roomote@roocode.com": "roo",
    "traecli@bytedance.com": "trae",
    "noreply@tabnine.com": "tabnine",
}
_BY = re.compile(
    r"^[ \t]*(?:co-authored-by|generated-by|made-by)[ \t]*:[^<\n]{0,200}<([^<>\s]{1,200})>[ \t]*$",
    re.IGNORECASE | re.MULTILINE,
)
_TRAILERS: tuple[tuple[re.Pattern[str], str], ...] = tuple(
    (re.compile(rf"^[ \t]*{form}[ \t]*$", re.IGNORECASE | re.MULTILINE), agent)
    for form, agent in (
        (r"claude-session[ \t]*:[ \t]*https://claude\.ai/\S{1,300}", "claude"),
        (r"copilot-session[ \t]*:[ \t]*\S{1,300}", "copilot"),
        (r"agent-logs-url[ \t]*:[ \t]*\S{1,300}", "copilot"),
        (r"made-with[ \t]*:[ \t]*cursor", "cursor"),
        (r"amp-thread-id[ \t]*:[ \t]*\S{1,300}", "amp"),
        (r"replit-commit-author[ \t]*:[ \t]*agent", "replit"),
        (r"entire-checkpoint[ \t]*:[ \t]*[0-9a-f]{12}", "an agent"),
    )
)
# People sign with it, too; only what has the form AGENT:MODEL names an agent.
_ASSISTED = re.compile(
    r"^[ \t]*assisted-by[ \t]*:[ \t]*([\w .+-]{1,60}):(?!//)([\w.+/-]{1,100})(?:[ \t].{0,300})?$",
    re.IGNORECASE | re.MULTILINE,
)
_AIDER = re.compile(r" \(aider\)$")
_MOST_MESSAGE = 100_000  # characters
_FIELDS = 7


def agent_of(message: str, *people: tuple[str, str], noted: bool = False) -> Author | None:
    """The agent that a commit's message, or the name and address of its author or committer, points to.

    ``noted``: a note says which lines are an agent's, so a trailer that says that one took part tells nothing of the others.
    """
    for name, address in people:
        if agent := _ADDRESSES.get(address.lower()) or ("aider" if _AIDER.search(name) else None):
            return Author(State.SUSPECTED, agent)
    _, _, body = message[:_MOST_MESSAGE].partition("\n")
    if found := next((_ADDRESSES[at] for at in map(str.lower, _BY.findall(body)) if at in _ADDRESSES), None):
        return Author(State.SUSPECTED, found)
    if not noted and (assisted := _ASSISTED.search(body)):
        return Author(State.SUSPECTED, assisted[1].strip().lower(), assisted[2])
    return next((Author(State.SUSPECTED, agent) for form, agent in _TRAILERS if form.search(body)), None)


def suspects(
    repository: Repository, commits: Sequence[str], noted: Collection[str] = ()
) -> Mapping[str, Mapping[str, Author]]:
    """Of those commits that an agent left its mark on, the files that each changed, with the agent.

    ``noted`` are those with a note of ours that has lines of an agent.
    """
    if not commits:
        return {}
    args = ("log", "--no-walk=unsorted", "--stdin", "--no-show-signature", "--no-patch", "--encoding=UTF-8", "-z")
    asked = "".join(f"{commit}\n" for commit in commits).encode()
    said = repository.git(*args, "--format=%H%n%at%n%an%n%ae%n%cn%n%ce%n%B", input=asked)
    found = dict(_suspected(said.decode("utf-8", "replace").split("\0"), noted))
    return {commit: dict.fromkeys(paths, found[commit]) for commit, paths in _files(repository, list(found))}


def _suspected(records: Sequence[str], noted: Collection[str]) -> Iterator[tuple[str, Author]]:
    for record in records:
        fields = record.split("\n", _FIELDS - 1)
        if len(fields) == _FIELDS:
            commit, at, name, address, committer, their_address, message = fields
            if author := agent_of(message, (name, address), (committer, their_address), noted=commit in noted):
                yield commit, author._replace(at=int(at) if at.isdigit() else 0)


def _files(repository: Repository, commits: Sequence[str]) -> Iterator[tuple[str, list[str]]]:
    if not commits:
        return
    args = ("diff-tree", "--stdin", "--root", "-r", "-z", "--name-only", "--no-renames", "-m", "--first-parent")
    said = repository.git(*args, input="".join(f"{commit}\n" for commit in commits).encode())
    wanted, commit, paths = set(commits), "", list[str]()
    for token in said.decode("utf-8", "surrogateescape").split("\0"):
        if token.strip() in wanted:
            yield from [(commit, paths)] if commit else []
            commit, paths = token.strip(), []
        elif token:
            paths.append(token)
    yield from [(commit, paths)] if commit else []
