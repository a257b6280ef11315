"""What we read of a repository is what GitPython, which shares no code with us, reads of it."""

from __future__ import annotations

from git import Blob, Repo

from countermark.change import FileChange
from countermark.changes.history import Past, Reader
from countermark.changes.index import staged
from countermark.config.schema import Limits
from countermark.git.repository import discover
from tests.support import Repository


def test_the_staged_change(repository: Repository) -> None:
    repository.write("kept.py", "a = 1\n").write("moved.py", "b = 2\n" * 9).write("gone.py", "c = 3\n").stage().commit()
    repository.write("kept.py", "a = 2\n").write("gone.py", None).write("né w.py", "d = 4\n").stage()
    repository.git("mv", "moved.py", "there.py")
    repository.write("kept.py", "a = 3\n")  # the worktree does not count
    ours = discover(repository.path, repository.env)
    assert ours is not None

    seen = {
        (entry.path, entry.old_path, entry.after.data)
        for entry in staged(ours, Limits()).entries
        if isinstance(entry, FileChange)
    }

    with Repo(repository.path) as theirs:
        diff = theirs.head.commit.diff(M=True)
        index = {path: entry for (path, _), entry in theirs.index.entries.items()}
        assert {path for path, _, _ in seen} == {item.b_path for item in diff if not item.deleted_file}
        for path, old, data in seen:
            blob = theirs.odb.stream(index[path].binsha).read()
            assert blob == data
            assert old in {None, next(item.a_path for item in diff if item.b_path == path)}


def test_every_blob_of_the_history(repository: Repository) -> None:
    for number in range(6):
        repository.write("a.py", f"a = {number}\n").write(f"d/{number}.py", f"b = {number % 3}\n").stage().commit(
            f"{number}"
        )
    repository.git("checkout", "-q", "-b", "other", "HEAD~3")
    repository.write("a.py", "other = 1\n").stage().commit("other")
    ours = discover(repository.path, repository.env)
    assert ours is not None

    past = Past.of(ours)
    with Reader(past, Limits()) as reader:
        entries = list(reader.entries(past.versions(set())))
    seen = sorted(entry.after.data for entry in entries if isinstance(entry, FileChange))

    with Repo(repository.path) as theirs:
        trees = [commit.tree for commit in theirs.iter_commits(all=True)]
        blobs = {
            blob.hexsha: blob.data_stream.read() for tree in trees for blob in tree.traverse() if isinstance(blob, Blob)
        }
    assert seen == sorted(blobs.values())
