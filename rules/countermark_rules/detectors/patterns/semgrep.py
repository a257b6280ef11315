"""Semgrep's programs, and how they are started: without the user's settings, login, environment, network or version check."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from collections.abc import Sequence
from contextlib import suppress
from importlib.util import find_spec
from pathlib import Path
from threading import Event, Timer

from countermark.errors import PartFailed

_CHUNK = 1 << 20  # bytes
_MOST_OUTPUT = 200_000_000  # bytes; a match quotes what its metavariables stand for
# Less often collected, since it lives for one call or holds little.
_COLLECTOR = "s=4M,o=400"
# It does not start without one to trust, and reads all that the system has. This one is of nobody, whose key was never kept.
CERTIFICATE = b"""\
-----BEGIN CERTIFICATE-----
MIIBeTCCAR+gAwIBAgIUQaqd9UvbReMPex/dpLkbAc/CHiMwCgYIKoZIzj0EAwIw
ETEPMA0GA1UEAwwGbm9ib2R5MCAXDTI2MTEyNzEyMTI1NVoYDzc1MDIwOTIxMTIx
MjU1WjARMQ8wDQYDVQQDDAZub2JvZHkwWTATBgcqhkjOPQIBBggqhkjOPQMBBwNC
AARZh+bh2FiPK7nIp/HnRikBckLhM6mpqeADZfPY4TmOOjtuCgA4Gv3CeSS22Nii
wwqpiz0quLkQ/r/kwvP3lOkHo1MwUTAdBgNVHQ4EFgQULi0Yc+7YH598lscCWFhc
uONrXf4wHwYDVR0jBBgwFoAULi0Yc+7YH598lscCWFhcuONrXf4wDwYDVR0TAQH/
BAUwAwEB/zAKBggqhkjOPQQDAgNIADBFAiBDEKrSQRBlg40lZItmyQMBPYqpHLeV
T9JjO1axAG5CDwIhALQIRtpbSXnUInp0C++e7iqv/gm80yrs6QrE1F6G4pOO
-----END CERTIFICATE-----
"""
_SYSTEM = ("SYSTEMROOT", "COMSPEC", "PATHEXT")  # without which nothing starts on Windows


# They give their memory back for a while, for which nobody waits. No thread does: pools fork only where there is no other one.
_ending: list[subprocess.Popen[bytes]] = []


class TooSlow(PartFailed):
    """The time was over; another way to ask would take longer still."""


def core() -> Path:
    """The engine's program, found without importing Semgrep, which costs two seconds."""
    spec = find_spec("semgrep")
    for folder in (spec.submodule_search_locations or ()) if spec else ():
        for name in ("semgrep-core", "semgrep-core.exe"):
            if (program := Path(folder, "bin", name)).is_file():
                return program
    raise PartFailed("semgrep is not installed as it should be: no semgrep-core; reinstall countermark")


def environment(folder: Path) -> dict[str, str]:
    """All that a program of Semgrep's gets to know: nothing of the caller's, since SEMGREP_* switches rules, login and metrics on."""
    kept = {key: os.environ[key] for key in _SYSTEM if key in os.environ}
    private = dict.fromkeys(
        ("HOME", "USERPROFILE", "TMPDIR", "TEMP", "TMP", "XDG_CONFIG_HOME", "XDG_CACHE_HOME"), str(folder)
    )
    off = {"SEMGREP_SEND_METRICS": "off", "SEMGREP_ENABLE_VERSION_CHECK": "0"}
    said = {"PYTHONIOENCODING": "utf-8", "NO_COLOR": "1", "OCAMLRUNPARAM": _COLLECTOR}
    return {"PATH": os.defpath, **kept, **private, **off, **said}


def trusting(folder: Path) -> dict[str, str]:
    """What has it trust our certificate alone, which is written into the folder: it has to find one, and a machine may have none."""
    file = folder / "certificates.pem"
    file.write_bytes(CERTIFICATE)
    return {"SSL_CERT_FILE": str(file)}


def run(command: Sequence[str], folder: Path, seconds: float, *, program: Path | None = None) -> bytes:
    """Run a program in a folder of ours; it and all that it started are gone afterwards. Raises PartFailed, TooSlow."""
    return finish(start(command, folder, program=program), seconds)


def start(
    command: Sequence[str], folder: Path, *, program: Path | None = None, certificates: int | None = None
) -> subprocess.Popen[bytes]:
    """Start a program in a folder of ours; ``certificates`` is a pipe that it reads those from. Raises PartFailed."""
    _ending[:] = [one for one in _ending if one.poll() is None]
    environ = environment(folder) | (
        trusting(folder) if certificates is None else {"SSL_CERT_FILE": f"/dev/fd/{certificates}"}
    )
    try:
        return subprocess.Popen(
            list(command),
            executable=program,
            cwd=folder,
            env=environ,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,  # may quote the files
            start_new_session=True,
            pass_fds=() if certificates is None else (certificates,),
        )
    except OSError as fault:
        raise PartFailed(f"cannot be started: {fault.strerror}") from None


def finish(process: subprocess.Popen[bytes], seconds: float, *, line: bool = False) -> bytes:
    """What a program says until it ends, or its first line; nothing of it goes on then. Raises PartFailed, TooSlow."""
    late = Event()

    def stop() -> None:
        late.set()
        kill(process)

    timer = Timer(seconds, stop)
    timer.daemon = True
    timer.start()
    assert process.stdout is not None  # noqa: S101 - asked for above
    try:
        output = _read(process.stdout.fileno(), line=line)
    finally:
        timer.cancel()
        timer.join()
        kill(process)
        process.stdout.close()
        if line:
            _ending.append(process)
        else:
            process.wait()
    if late.is_set():
        raise TooSlow(f"took longer than {seconds:g} s")
    return output


def _read(stream: int, *, line: bool) -> bytes:
    output = bytearray()
    while (more := os.read(stream, _CHUNK)) and len(output) <= _MOST_OUTPUT:
        output += more
        if line and more.endswith(b"\n"):
            break
    if len(output) > _MOST_OUTPUT:
        raise PartFailed("has more to say than can be read")
    return bytes(output)


def kill(process: subprocess.Popen[bytes]) -> None:
    """End a process and its group, which is its own."""
    with suppress(OSError):
        if sys.platform == "win32":
            process.kill()
        else:
            os.killpg(process.pid, signal.SIGKILL)


def version_fault() -> str:
    """What is wrong with the installed version, if that may be why nothing answers; empty where it is as it should be."""
    from importlib.metadata import PackageNotFoundError, version

    try:
        found = version("semgrep")
    except PackageNotFoundError:
        return "semgrep is not installed; reinstall countermark"
    numbers = tuple(int(part) for part in found.split(".")[:2] if part.isdigit())
    return "" if (1, 172) <= numbers < (2,) else f"semgrep {found} is installed, and 1.172 or newer, below 2, is needed"
