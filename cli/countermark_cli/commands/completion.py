"""`countermark completion`: what a shell has to read once so that the Tab key knows our commands and flags."""

from __future__ import annotations

import click
from click.shell_completion import ShellComplete, get_completion_class

_HOW = """\
Print the completion script of a shell.

\b
bash:  countermark completion bash > ~/.local/share/bash-completion/completions/countermark
zsh:   countermark completion zsh > ~/.zfunc/_countermark     (a folder of $fpath)
fish:  countermark completion fish > ~/.config/fish/completions/countermark.fish
"""


@click.command(help=_HOW)
@click.argument("shell", type=click.Choice(["bash", "zsh", "fish"]))
@click.pass_context
def command(ctx: click.Context, shell: str) -> None:
    kind = get_completion_class(shell)
    assert kind is not None  # noqa: S101 - click knows the three
    script = kind(ctx.find_root().command, {}, "countermark", "_COUNTERMARK_COMPLETE")
    # Not script.source(): for bash it starts the first bash on PATH to ask for its version.
    click.echo(ShellComplete.source(script))
