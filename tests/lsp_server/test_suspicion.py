"""What appears at once is perhaps not typed; what a person, a formatter, git or an undo does is never taken for it."""

from __future__ import annotations

import pytest
from lsprotocol import types as lsp

from countermark.git.repository import discover
from countermark.provenance.where import FOLDER, NAME
from countermark_lsp.documents import split
from countermark_lsp.suspicion import Suspicion
from tests.lsp_server.editor import editing
from tests.support import Repository

PASTED = "".join(
    f"def handler_{n}(request):\n    return respond(request, status={n}, body=render('{n}'))\n" for n in range(8)
)
SHORT = "value = 1\n" * 3


def change(first: int, last: int, text: str) -> lsp.TextDocumentContentChangePartial:
    return lsp.TextDocumentContentChangePartial(lsp.Range(lsp.Position(first, 0), lsp.Position(last, 0)), text)


@pytest.mark.parametrize(
    ("before", "changes", "others", "raised"),
    [
        ("a = 1\n", [change(1, 1, PASTED)], [], True),
        ("a = 1\nx\n", [change(1, 2, PASTED)], [], True),  # a completion that replaces the word that was begun
        ("a = 1\n", [change(1, 1, SHORT)], [], False),
        ("a = 1\n", [change(1, 1, "x" * 5000)], [], False),  # one long line is data
        ("a = 1\n", [change(1, 1, "\n" * 500)], [], False),
        (PASTED, [change(0, 16, PASTED.replace("    ", "\t"))], [], False),  # a formatter
        (PASTED, [change(0, 16, ""), change(0, 0, PASTED)], [], False),  # cut and put back, or undo and redo
        ("a = 1\n", [change(1, 1, PASTED)], [PASTED], False),  # copied from another open document
        ("a = 1\n", [lsp.TextDocumentContentChangeWholeDocument(PASTED)], [], False),  # read anew from disk
    ],
)
def test_what_is_raised(
    before: str, changes: list[lsp.TextDocumentContentChangeEvent], others: list[str], *, raised: bool
) -> None:
    assert Suspicion().raised(split(before), changes, [split(text) for text in others]) is raised


@pytest.mark.asyncio
@pytest.mark.parametrize(
    ("suspect", "choice", "asked", "state"),
    [
        ("ask", "An assistant wrote it", 1, "suspected"),
        ("ask", "I wrote or copied it", 1, None),
        ("silent", "", 0, "suspected"),
        ("off", "", 0, None),
    ],
)
async def test_one_question_and_a_guess(
    repository: Repository, suspect: str, choice: str, asked: int, state: str | None
) -> None:
    repository.write("a.py", "a = 1\n").stage().commit()
    uri = (repository.path / "a.py").as_uri()
    async with editing(repository, "eglot-1.9", suspect=suspect) as editor:
        editor.choice = choice
        editor.open(uri, "a = 1\nb = 2\n")
        await editor.diagnostics(uri)
        for old, prefix in (("b = 2\n", "first"), ("def first_0", "second")):  # two large pastes, one question
            editor.type(uri, old, PASTED.replace("handler", prefix) + old)
        if state is not None:
            await editor.until(
                lambda: any(one.code == "review/suspected-unreviewed" for one in shown(editor.published))
            )
            levels = {one.severity for one in shown(editor.published)}
            assert levels == {lsp.DiagnosticSeverity.Information}  # it warns, and stops nothing
        else:
            await editor.settled(uri)
        assert len(editor.asked) == asked

    found = discover(repository.path, repository.env)
    assert found is not None
    assert (found.common_dir / FOLDER / NAME).exists() is (state is not None)


def shown(published: list[lsp.PublishDiagnosticsParams]) -> list[lsp.Diagnostic]:
    return [one for params in published for one in params.diagnostics if str(one.code).startswith("review/")]
