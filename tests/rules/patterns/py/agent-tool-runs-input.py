import subprocess

from langchain_core.tools import tool
from mcp.server.fastmcp import FastMCP

server = FastMCP("files")


@tool
def shell(command: str) -> str:
    """Run a command."""
    # ruleid: agent-tool-runs-input
    return subprocess.run(command, shell=True, capture_output=True, text=True, check=True).stdout


@server.tool()
def calculate(expression: str) -> str:
    """Calculate."""
    # ruleid: agent-tool-runs-input
    return str(eval(expression))


@tool
def status(service: str) -> str:
    """Say whether a service runs."""
    if service not in SERVICES:
        return "unknown service"
    # ok: agent-tool-runs-input
    return subprocess.run(service, capture_output=True, text=True, check=True).stdout


@server.tool()
def now() -> str:
    """Say the time."""
    # ok: agent-tool-runs-input
    return subprocess.run(["date"], capture_output=True, text=True, check=True).stdout


def own(command):
    # ok: agent-tool-runs-input
    return subprocess.run(command, check=True)
