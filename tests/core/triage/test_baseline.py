"""The baseline file: the same bytes for the same tree, mergeable, strict about what is no entry."""

from __future__ import annotations

import json
from itertools import permutations

import pytest
from attrs import evolve

from countermark.content import Span
from countermark.errors import UsageError
from countermark.finding import Confidence, Finding, Rule, Severity
from countermark.triage.baseline import Baseline, Entry, parse, render, update
from tests.support import Repository

RULE = Rule("fam/rule", "Title", "Why.", "Do.", Severity.HIGH, Confidence.HIGH)


def print_of(number: int) -> str:
    return f"{number * 7919:014x}"


def finding(number: int, path: str = "a.py") -> Finding:
    return evolve(Finding.of(RULE, path, Span(0, 1)), fingerprint=print_of(number))


def entry(number: int, path: str = "a.py", **answer: str) -> Entry:
    return Entry(print_of(number), "fam/rule", path, **answer)  # type: ignore[arg-type]


def recorded(*numbers: int) -> Baseline:
    return update(Baseline(), [finding(number) for number in numbers]).baseline


def test_the_file_is_one_entry_a_line_and_nothing_that_changes_by_itself() -> None:
    data = render(Baseline.of([entry(2), entry(1, "ö\udcff", status="accepted", reason="é")]))
    assert data.decode("ascii").split("\n") == [
        '{"fingerprint": "00000000001eef", "rule": "fam/rule", "path": "\\u00f6\\udcff", "status": "accepted", "reason": "\\u00e9"}',
        '{"fingerprint": "00000000003dde", "rule": "fam/rule", "path": "a.py"}',
        "",
    ]
    assert parse(data, "x") == Baseline.of([entry(2), entry(1, "ö\udcff", status="accepted", reason="é")])


def test_the_order_of_findings_does_not_matter() -> None:
    findings = [finding(1), finding(2, "b.py"), finding(1, "c.py"), finding(3)]
    assert len({render(update(Baseline(), order).baseline) for order in permutations(findings)}) == 1


def test_an_empty_file_knows_nothing() -> None:
    assert parse(b"", "x") == parse(b"\n\r\n \n", "x") == Baseline()
    assert render(Baseline()) == b""


def test_what_a_merge_leaves_is_put_right() -> None:
    """Doubled, unsorted, with two answers to one finding: the least forgiving answer counts."""
    entries = [entry(3), entry(1, status="false-positive"), entry(2), entry(1, status="known"), entry(1), entry(2)]
    expected = Baseline((entry(1, status="known"), entry(2), entry(3)))
    for order in permutations(entries):
        assert parse(b"\n".join(render(Baseline((one,))) for one in order), "x") == expected


def test_windows_line_ends_and_a_byte_order_mark_are_no_fault() -> None:
    data = render(recorded(1, 2))
    assert parse(b"\xef\xbb\xbf" + data.replace(b"\n", b"\r\n"), "x") == recorded(1, 2)


LINE = render(Baseline((entry(1),))).decode().strip()


def changed(**keys: object) -> str:
    return json.dumps({**json.loads(LINE), **keys})


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("<<<<<<< ours", "a conflict marker"),
        ("=======", "a conflict marker"),
        (">>>>>>> theirs", "a conflict marker"),
        ("||||||| base", "a conflict marker"),
        ("nonsense", "not a JSON object"),
        ("[" * 15_000, "not a JSON object"),
        (LINE + LINE, "not a JSON object"),
        (LINE[:-4], "not a JSON object"),
        ("[]", "a JSON object of texts"),
        ("null", "a JSON object of texts"),
        (changed(path=1), "a JSON object of texts"),
        (changed(reason=None), "a JSON object of texts"),
        (changed(line="3"), "unknown key 'line'"),
        (changed(fingerprint=""), "'fingerprint' is missing"),
        ('{"fingerprint": "0123456789abcdef", "rule": "a/b"}', "'path' is missing"),
        (changed(fingerprint="xyz"), "hexadecimal"),
        (changed(status="fine"), "'status' is not one of known, accepted, false-positive"),
        (changed(reason="x" * 20_000), "longer than"),
        ('{"a": ' + "9" * 9000 + "}", "not a JSON object"),
    ],
)
def test_what_is_no_entry_is_named_with_its_line(line: str, said: str) -> None:
    with pytest.raises(UsageError) as raised:
        parse(f"{LINE}\n\n{line}\n{LINE}\n".encode(), "known.jsonl")
    assert str(raised.value).startswith("known.jsonl:3: ")
    assert said in str(raised.value)


def test_bytes_that_are_no_text_are_refused() -> None:
    with pytest.raises(UsageError, match=r"^x:1: not a JSON object"):
        parse(b'{"path": "\xff"}', "x")


def test_a_file_that_is_too_large_is_refused() -> None:
    with pytest.raises(UsageError, match="larger than"):
        parse(b"\n" * 50_000_001, "x")


def test_an_update_keeps_answers_and_drops_what_is_gone() -> None:
    old = Baseline.of([entry(1, status="accepted", reason="test key"), entry(2), entry(3, status="known")])
    updated = update(old, [finding(1, "moved.py"), finding(2), finding(4)])
    assert updated.baseline == Baseline(
        (entry(1, "moved.py", status="accepted", reason="test key"), entry(2), entry(4))
    )
    assert (updated.added, updated.dropped) == (1, 1)


def test_an_update_with_the_same_findings_changes_nothing() -> None:
    old = Baseline.of([entry(1, status="known"), entry(2)])
    assert update(old, [finding(2), finding(1)]).baseline == old


def branches(repository: Repository, base: Baseline, ours: Baseline, theirs: Baseline) -> int:
    """Commit a baseline, change it on two branches, merge them; the exit code of git."""
    repository.write("known.jsonl", render(base)).stage().commit()
    repository.git("checkout", "-q", "-b", "theirs")
    repository.write("known.jsonl", render(theirs)).stage().commit()
    repository.git("checkout", "-q", "main")
    repository.write("known.jsonl", render(ours)).stage().commit()
    return repository.git("merge", "-q", "-m", "merge", "theirs", check=False).returncode


def test_branches_that_add_entries_merge(repository: Repository) -> None:
    assert (
        branches(repository, recorded(10, 20, 30, 40), recorded(10, 15, 20, 30, 40), recorded(10, 20, 30, 35, 40)) == 0
    )
    merged = (repository.path / "known.jsonl").read_bytes()
    assert merged == render(recorded(10, 15, 20, 30, 35, 40))


def test_neighbours_merge_with_the_union_attribute(repository: Repository) -> None:
    repository.write(".gitattributes", "known.jsonl merge=union\n")
    assert branches(repository, recorded(10, 40), recorded(10, 30, 40), recorded(10, 20, 40)) == 0
    assert parse((repository.path / "known.jsonl").read_bytes(), "x") == recorded(10, 20, 30, 40)


def test_without_it_neighbours_conflict_and_the_file_says_so(repository: Repository) -> None:
    assert branches(repository, recorded(10, 40), recorded(10, 30, 40), recorded(10, 20, 40)) == 1
    with pytest.raises(UsageError, match=r"^known\.jsonl:2: a conflict marker"):
        parse((repository.path / "known.jsonl").read_bytes(), "known.jsonl")
