"""Write what the documentation takes from the code: reference pages, the JSON Schema, pictures of the terminal.

--check writes nothing, names what is stale, and exits 1 if anything is.
"""

from __future__ import annotations

import io
import json
import os
import re
import subprocess
import sys
import tempfile
from collections.abc import Callable, Mapping, Sequence
from functools import partial
from itertools import groupby
from pathlib import Path
from typing import TYPE_CHECKING

from countermark.finding import Rule

if TYPE_CHECKING:
    from countermark_rules.detectors.patterns.bundle import PatternRule
    from countermark_rules.detectors.secrets.declaration import Token
    from countermark_rules.detectors.secrets.rotation import Provider

ROOT = Path(__file__).resolve().parent.parent
_COLUMNS = 104
_MOST_EXPLAINED = 60  # rules of a family on one page


def settings() -> str:
    """Every key of countermark.toml."""
    from countermark.config.reference import reference

    return reference()


def command_line() -> str:
    """Every sub-command and option."""
    from countermark_cli.reference import reference

    return reference()


def errors() -> str:
    """The exit codes, and what stands behind them."""
    from countermark.errors import ExitCode, PartFailed, UsageError

    meaning = {
        ExitCode.CLEAN: "Nothing blocks. There may be warnings and notes.",
        ExitCode.BLOCKED: "At least one finding reaches the level at which a check fails (`policy.fail-on`, `--fail-on`).",
        ExitCode.USAGE: _sentence(UsageError),
        ExitCode.BROKEN: _sentence(PartFailed),
        ExitCode.INTERRUPTED: "Ctrl-C. Nothing is known of what was not looked at yet.",
    }
    rows = "".join(f"| {code.value} | {code.name.lower()} | {meaning[code]} |\n" for code in ExitCode)
    return f"""\
# Exit codes and errors

The command, every hook and CI use the same codes. An incomplete result outweighs what it found: nobody knows what else there is.

| code | name | meaning |
| --- | --- | --- |
{rows}
An error is one line on standard error that begins with `countermark:` and says what is wrong, where, and what to do. Faults of a
configuration file are listed all at once, one a line, each with its path in the file.

In machine-readable reports a part that broke is in `summary.failures` (JSON), a notification (SARIF) or an entry for
`engine/part-failed` (the others): the file that it speaks of was not looked at to the end. Files that nobody looked at on
purpose (binary, too large, excluded) are in `summary.skipped` with the reason.
"""


def _sentence(error: type) -> str:
    return " ".join((error.__doc__ or "").split())


def rules() -> str:
    """Every rule, by family: explained, or, where there are hundreds, in a table."""
    from countermark_rules.detectors.patterns.packs import PACKS
    from countermark_rules.registry import all_rules

    parts = [
        "# Rules\n\n`countermark rules list` lists them in the terminal, `countermark rules show ID` explains one.\n",
        "Rules about insecure code have pages of their own, one for each language or format: [patterns](rules/README.md).\n",
    ]
    for family, found in groupby(all_rules(), key=lambda rule: rule.family):
        if family in PACKS:
            continue
        members = list(found)
        parts.append(f"## {family}\n\n{_tabulated(members) if len(members) > _MOST_EXPLAINED else _explained(members)}")
    return "\n".join(parts)


def patterns() -> str:
    """The pattern rules by language or format, and which weaknesses they are about."""
    from countermark_rules.detectors.patterns.bundle import load_pack
    from countermark_rules.detectors.patterns.packs import PACKS

    packs = {name: load_pack(name) for name in PACKS if load_pack(name)}
    rows = "".join(
        f"| [{PACKS[name].title}]({name}.md) | `{name}/` | {len(found)} |\n" for name, found in packs.items()
    )
    weaknesses = {cwe for found in packs.values() for pattern in found for cwe in pattern.rule.cwe}
    head = f"| weakness | {' | '.join(packs)} |\n| --- |{' --- |' * len(packs)}\n"
    table = "".join(_coverage(cwe, packs) for cwe in sorted(weaknesses, key=lambda cwe: int(cwe.rpartition("-")[2])))
    listed = [entry for found in packs.values() for pattern in found for entry in pattern.rule.owasp]
    owasp = "".join(f"| {entry} | {listed.count(entry)} |\n" for entry in sorted(set(listed)))
    return f"""\
# Pattern rules

Insecure code and configuration that assistants tend to suggest: {sum(map(len, packs.values()))} rules.
[Patterns](../../patterns.md) says how they are run, and how a repository adds its own.

| language or format | ids begin with | rules |
| --- | --- | --- |
{rows}
## By weakness

How many rules are about each entry of the Common Weakness Enumeration; a rule may be about several.

{head}{table}
## By OWASP's lists

| entry | rules |
| --- | --- |
{owasp}"""


def _coverage(cwe: str, packs: Mapping[str, Sequence[PatternRule]]) -> str:
    from countermark.report.rule_page import cwe_link

    counts = (sum(cwe in pattern.rule.cwe for pattern in found) for found in packs.values())
    return f"| [{cwe}]({cwe_link(cwe)}) | {' | '.join(str(count or '') for count in counts)} |\n"


def pack(name: str) -> str:
    """Every rule of one pack, explained."""
    from countermark_rules.detectors.patterns.bundle import load_pack
    from countermark_rules.detectors.patterns.packs import PACKS

    found = load_pack(name)
    index = "".join(
        f"| [`{one.rule.id}`](#{one.rule.id.replace('/', '')}) | {one.rule.title} | {one.rule.severity.name.lower()} | "
        f"{one.rule.confidence.name.lower()} | {_fix(one)} |\n"
        for one in found
    )
    head = f"| rule | finds | severity | confidence | fix |\n| --- | --- | --- | --- | --- |\n{index}"
    return f"# {PACKS[name].title}\n\n{len(found)} rules.\n\n{head}\n{_explained([one.rule for one in found], level=2)}"


def _fix(pattern: PatternRule) -> str:
    if not {"fix", "fix-regex"} & pattern.semgrep.keys():
        return ""
    return "safe" if pattern.safe else "to be checked"


def _packs() -> dict[str, Callable[[], str]]:
    from countermark_rules.detectors.patterns.bundle import load_pack
    from countermark_rules.detectors.patterns.packs import PACKS

    return {f"docs/reference/rules/{name}.md": partial(pack, name) for name in PACKS if load_pack(name)}


def _explained(rules: Sequence[Rule], level: int = 3) -> str:
    from countermark.report.rule_page import markdown

    return "\n".join(f"{'#' * level} {rule.id}\n\n{markdown(rule)}\n" for rule in rules)


def _tabulated(rules: Sequence[Rule]) -> str:
    def row(rule: Rule) -> str:
        link = f"[documentation]({rule.references[0]})" if rule.references else ""
        off = "" if rule.enabled else " (off)"
        return f"| `{rule.id}` | {rule.title}{off} | {rule.severity.name.lower()} | {link} |\n"

    head = "| rule | finds | severity | |\n| --- | --- | --- | --- |\n"
    return f"{len(rules)} rules.\n\n{head}{''.join(map(row, rules))}"


def rotation() -> str:
    """How to revoke and rotate what each provider issues."""
    from countermark_rules.detectors.secrets.rotation import FIRST, LAST, general, providers

    known = list(providers())
    steps = [FIRST, *general("where the provider lists it, linked below"), *LAST]
    with_steps = [provider for provider in known if provider.steps or provider.own]
    others = [provider for provider in known if provider not in with_steps]
    rows = "".join(_provider_row(provider) for provider in others)
    return f"""\
# Revoke and rotate

What to do once a credential was found, for each provider that issues one. `countermark rules show ID` and
`countermark check --explain ID` show the same for one rule.

## In general

{_numbered(steps)}
## With steps of their own

These take the place of the steps in the middle; the first and the last two hold everywhere.

{"".join(map(_provider_section, with_steps))}
## Other providers

| provider | revoke at | in its place |
| --- | --- | --- |
{rows}"""


def _provider_section(provider: Provider) -> str:
    parts = [f"### {provider.name}\n\n"]
    shared = [token for token in provider.tokens if token.id not in provider.own]
    groups: dict[tuple[tuple[str, ...], str], list[Token]] = (
        {(provider.steps, provider.audit): shared} if shared else {}
    )
    for token in provider.tokens:
        if token.id in provider.own:
            groups.setdefault(provider.own[token.id], []).append(token)
    for (steps, audit), tokens in groups.items():
        parts += [
            f"- **{_cell(token.title)}** (`secrets/{token.id}`, {token.lifetime.value}) opens {_cell(token.opens)}\n"
            for token in tokens
        ]
        where = " · ".join(_link(place) for place in dict.fromkeys(token.revoke for token in tokens))
        parts.append(f"\nRevoke: {where}\n")
        parts += [f"\nLook for uses: <{audit}>\n"] if audit else []
        instead = dict.fromkeys(token.instead for token in tokens if token.instead)
        parts += [f"\nIn its place: {'; '.join(instead)}\n"] if instead else []
        parts.append(f"\n{_numbered(steps)}\n" if steps else "\n")
    return "".join(parts)


def _provider_row(provider: Provider) -> str:
    where = " ".join(_link(place) for place in dict.fromkeys(token.revoke for token in provider.tokens))
    instead = "; ".join(dict.fromkeys(token.instead for token in provider.tokens if token.instead))
    return f"| {provider.name} | {where} | {_cell(instead)} |\n"


def _link(place: str) -> str:
    return f"<{place}>" if place.startswith("https://") else place


def _cell(text: str) -> str:
    return text.replace("|", "\\|")


def _numbered(steps: Sequence[str]) -> str:
    return "".join(f"{number}. {step}.\n" for number, step in enumerate(steps, 1))


def schema() -> str:
    """The JSON Schema of countermark.toml."""
    from countermark.config.json_schema import json_schema

    return json.dumps(json_schema(), indent=2) + "\n"


def threat_model_schema() -> str:
    """The JSON Schema of .threatmodel/model.yaml."""
    from countermark.threats.json_schema import json_schema

    return json.dumps(json_schema(), indent=2) + "\n"


def stopped_commit() -> str:
    """The commit that the demonstration has refused, as its terminal shows it."""
    from rich.console import Console
    from rich.text import Text

    said = _in_a_terminal(sys.executable, "-I", str(ROOT / "scripts" / "demo.py"))
    act = re.search(r"^\$ git commit.*?(?=\n\nThe fix:)", said, re.DOTALL | re.MULTILINE)
    if act is None:
        sys.exit(f"scripts/demo.py shows no refused commit:\n{said}")
    console = Console(record=True, width=_COLUMNS, file=io.StringIO(), force_terminal=True, color_system="truecolor")
    console.print(Text.from_ansi(act.group()))
    return console.export_svg(title="git commit", unique_id="stopped-commit", code_format=_without_web_fonts())


def _in_a_terminal(*command: str) -> str:
    """What a command writes to a terminal, colours included."""
    import fcntl
    import pty
    import struct
    import termios

    ours, its = pty.openpty()
    fcntl.ioctl(its, termios.TIOCSWINSZ, struct.pack("HHHH", 60, _COLUMNS, 0, 0))
    environ = {key: value for key, value in os.environ.items() if key not in {"NO_COLOR", "COLUMNS", "KEEP"}}
    with subprocess.Popen(command, stdin=its, stdout=its, stderr=its, env=environ | {"TERM": "xterm-256color"}):
        os.close(its)
        chunks = []
        try:
            while chunk := os.read(ours, 65536):
                chunks.append(chunk)
        except OSError:
            pass  # Linux's way to say that the other end is closed
        os.close(ours)
    return b"".join(chunks).decode().replace("\r\n", "\n")


def _without_web_fonts() -> str:
    """Rich's frame, which would have a browser fetch a font."""
    from rich._export_format import CONSOLE_SVG_FORMAT

    return re.sub(r"@font-face \{\{.*?\}\}\s*", "", CONSOLE_SVG_FORMAT, flags=re.DOTALL)


def threat_model_screen() -> str:
    """The question screen of `countermark threat-model`, as the tests drive it."""
    sys.path.insert(0, str(ROOT))
    from tests.tui.shots import docs_shot

    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder, "screen.svg")
        docs_shot(file, keys="c 1 s t a enter", size=(112, 26))
        return file.read_text(encoding="utf-8")


def review_screen() -> str:
    """The screen of `countermark review`, as the tests drive it."""
    sys.path.insert(0, str(ROOT))
    from tests.tui.shots import review_shot

    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder, "screen.svg")
        review_shot(file)
        return file.read_text(encoding="utf-8")


MADE: dict[str, Callable[[], str]] = {
    "docs/reference/settings.md": settings,
    "docs/reference/cli.md": command_line,
    "docs/reference/errors.md": errors,
    "docs/reference/rules.md": rules,
    "docs/reference/rules/README.md": patterns,
    **_packs(),
    "docs/reference/rotation.md": rotation,
    "docs/reference/countermark.schema.json": schema,
    "docs/reference/threat-model.schema.json": threat_model_schema,
    "docs/images/stopped-commit.svg": stopped_commit,
    "docs/images/threat-model.svg": threat_model_screen,
    "docs/images/review.svg": review_screen,
}


def main() -> int:
    """Write everything, or say what is stale."""
    stale = []
    for name, make in MADE.items():
        file, text = ROOT / name, make()
        if file.is_file() and file.read_text(encoding="utf-8") == text:
            continue
        stale.append(name)
        if "--check" not in sys.argv[1:]:
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_text(text, encoding="utf-8")
    verb = "stale, run scripts/docs" if "--check" in sys.argv[1:] else "written"
    print("\n".join(f"{name}: {verb}" for name in stale) or "generated documentation is current")
    return bool(stale) and "--check" in sys.argv[1:]


if __name__ == "__main__":
    sys.exit(main())
