"""`countermark lsp`: the language server."""

from __future__ import annotations

import click


@click.command("lsp")
@click.option(
    "--stdio", is_flag=True, help="Use standard input and output. This is the default; some editors add the flag."
)
@click.option(
    "--tcp",
    "port",
    type=click.IntRange(0, 65535),
    metavar="PORT",
    help="Wait for one client on this loopback port, for debugging; 0 takes a free one.",
)
@click.option("--check-health", is_flag=True, help="Print versions, look at a text once, and exit.")
def command(*, stdio: bool, port: int | None, check_health: bool) -> int:
    """Run the language server.

    Editors start it; editors/ in the sources has their settings.
    """
    if stdio and port is not None:
        raise click.UsageError("--stdio and --tcp exclude each other")
    if check_health:
        from countermark_lsp.health import check

        return check()
    from countermark_lsp.run import run

    return run(port=port)
