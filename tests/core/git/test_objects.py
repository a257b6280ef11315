"""Objects come from one process, in order, whatever is missing, too large or broken among them."""

from __future__ import annotations

import json
import os
from pathlib import Path

import pytest

from countermark.errors import PartFailed
from countermark.git.objects import Blob, Objects, TooLarge
from tests.core.opened import opened
from tests.support import Repository, random_text

MOST = 1000


def stored(repository: Repository, data: bytes) -> bytes:
    """The id of a new blob."""
    return repository.git("hash-object", "-w", "--stdin", input=data).stdout.strip().encode()


def broken(repository: Repository) -> bytes:
    """The id of a blob whose header is whole and whose text is cut short."""
    oid = stored(repository, random_text(MOST - 1).encode())
    file = repository.path / ".git/objects" / oid[:2].decode() / oid[2:].decode()
    file.chmod(0o644)
    file.write_bytes(file.read_bytes()[:200])
    return oid


def described(blob: Blob) -> object:
    return type(blob).__name__ if isinstance(blob, Exception) else blob


@pytest.mark.parametrize(
    ("spec", "expected"),
    [
        (":0:file", b"staged\n"),
        ("HEAD:file", b"committed\n"),
        (":0:sp ace blob 12", b"odd"),
        (":0:none blob 12", None),
        (":0:none", None),
        ("HEAD:folder", None),
        ("HEAD", None),
        ("nosuch", None),
    ],
)
def test_one_is_read_by_name(repository: Repository, spec: str, expected: bytes | None) -> None:
    repository.write("file", "committed\n").write("folder/x", "").write("sp ace blob 12", "odd").stage().commit()
    repository.write("file", "staged\n").stage().write("file", "worktree\n")
    with Objects(opened(repository)) as objects:
        assert objects.read(spec, at_most=MOST) == expected
        assert objects.read(":0:file", at_most=MOST) == b"staged\n"


@pytest.mark.parametrize("spec", ["", "a\nb", ":0:../x"])
def test_a_name_that_git_cannot_be_asked_for_is_a_failure_and_the_next_one_is_answered(
    repository: Repository, spec: str
) -> None:
    repository.write("file", "staged\n").stage()
    objects = Objects(opened(repository))
    with pytest.raises(PartFailed):
        objects.read(spec, at_most=MOST)
    assert objects.read(":0:file", at_most=MOST) == b"staged\n"
    objects.close()


def test_a_stream_keeps_its_order_over_everything_that_goes_wrong(repository: Repository) -> None:
    small = [stored(repository, f"text {number}\n".encode() * 20) for number in range(150)]
    large, none = stored(repository, b"x" * (MOST + 1)), b"0" * 40
    wanted = [
        ("first", [small[0], large]),
        ("nothing", []),
        ("gone", [none]),
        ("broken", [broken(repository), small[1]]),
    ]
    wanted += [(str(at), [oid]) for at, oid in enumerate(small)] + [("last", [large])]
    with Objects(opened(repository)) as objects:
        found = [
            (item, [described(blob) for blob in blobs]) for item, blobs in objects.fetch(iter(wanted), at_most=MOST)
        ]
    assert found == [
        ("first", [b"text 0\n" * 20, "TooLarge"]),
        ("nothing", []),
        ("gone", [None]),
        ("broken", ["PartFailed", b"text 1\n" * 20]),
        *((str(at), [f"text {at}\n".encode() * 20]) for at in range(150)),
        ("last", ["TooLarge"]),
    ]


def test_what_broke_is_told_in_gits_words(repository: Repository) -> None:
    with (
        Objects(opened(repository)) as objects,
        pytest.raises(PartFailed, match=r"git cat-file failed: .*unable to stream"),
    ):
        objects.read(broken(repository), at_most=MOST)


def test_a_name_can_be_read_in_the_middle_of_a_stream(repository: Repository) -> None:
    oids = [stored(repository, f"{number}".encode()) for number in range(100)]
    with Objects(opened(repository)) as objects:
        stream = objects.fetch(((oid, [oid]) for oid in oids), at_most=MOST)
        first = next(stream)[1]
        assert objects.read(oids[7], at_most=MOST) == b"7"
        assert [first, *(blobs for _, blobs in stream)] == [[f"{number}".encode()] for number in range(100)]


def test_a_stream_that_is_left_disturbs_nobody(repository: Repository) -> None:
    oids = [stored(repository, f"{number}".encode()) for number in range(60)]
    with Objects(opened(repository)) as objects:
        next(objects.fetch(((oid, [oid]) for oid in oids), at_most=MOST))
        assert objects.read(oids[5], at_most=MOST) == b"5"
        with pytest.raises(TooLarge):
            objects.read(oids[50], at_most=1)


def test_what_is_too_large_is_neither_read_nor_held(repository: Repository) -> None:
    with (repository.path / "huge").open("wb") as file:
        file.truncate(60_000_000)
    oid = repository.git("-c", "core.compression=1", "hash-object", "-w", "huge").stdout.strip()
    before = _peak_kilobytes()
    with Objects(opened(repository)) as objects, pytest.raises(TooLarge):
        objects.read(oid, at_most=MOST)
    assert _peak_kilobytes() - before < 30_000


def _peak_kilobytes() -> int:
    status = Path("/proc/self/status")
    if not status.exists():
        pytest.skip("the peak is read from /proc")
    return int(next(line.split()[1] for line in status.read_text().splitlines() if line.startswith("VmHWM")))


def test_processes_end_when_nobody_needs_them(repository: Repository) -> None:
    repository.write("file", "text").stage()
    objects = Objects(opened(repository)).start()
    process = objects._dialogue._process  # type: ignore[union-attr]
    assert process.poll() is None
    del objects
    assert process.poll() is not None


@pytest.mark.skipif(not hasattr(os, "fork"), reason="only where processes fork")
def test_a_forked_worker_does_not_end_the_git_of_its_parent(repository: Repository) -> None:
    repository.write("file", "text").stage()
    held = [Objects(opened(repository)).start()]
    worker = os.fork()
    if not worker:
        held.clear()
        os._exit(0)
    assert os.waitpid(worker, 0)[1] == 0
    assert held[0]._dialogue is not None
    assert held[0]._dialogue._process.poll() is None
    held[0].close()


def test_a_partial_clone_fetches_nothing(repository: Repository, tmp_path: Path, home: Path) -> None:
    repository.git("config", "uploadpack.allowFilter", "true")
    repository.write("file", "far away\n").stage().commit()
    oid = repository.git("rev-parse", "HEAD:file").stdout.strip()
    clone = Repository(tmp_path / "clone", home, init=False)
    clone.git("clone", "-q", "--no-checkout", "--filter=blob:none", repository.path.as_uri(), ".")
    trace = tmp_path / "trace"
    with Objects(opened(clone, GIT_TRACE2_EVENT=str(trace))) as objects:
        found = next(objects.fetch([("file", [oid.encode()])], at_most=MOST))[1][0]
    assert found is None or isinstance(found, PartFailed)
    started = [json.loads(line) for line in trace.read_text().splitlines()]
    assert not [event for event in started if "upload-pack" in " ".join(map(str, event.get("argv", [])))]
    assert f"?{oid}" in clone.git("rev-list", "--objects", "--all", "--missing=print").stdout
