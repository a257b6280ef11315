"""`countermark sync`: exchange the notes of who wrote what with a remote."""

from __future__ import annotations

import click

from countermark.display import escape
from countermark.provenance.sync import sync
from countermark_cli.here import repository_here


@click.command()
@click.argument("remote", default="origin")
def command(remote: str) -> None:
    """Fetch the notes of REMOTE (origin), join them with those that are here, and push the result."""
    done = sync(repository_here(), remote)
    commits = f"{done.received} commit{'' if done.received == 1 else 's'}"
    click.echo(f"{commits} noted anew from {escape(remote)}; {'ours were sent' if done.sent else 'nothing to send'}")
