"""Which entry points and outbound calls a change adds or changes, and what is said about the rest."""

from __future__ import annotations

import time

import pytest

from countermark.change import Change, FileChange, Skipped, Trait, Unreadable
from countermark.content import Content
from countermark.threats.elements import Element, How, Trigger, anchor_fingerprint, slug
from countermark.threats.infer import infer
from tests.support import random_text


def seen(path: str, after: str, before: str | None = None) -> tuple[Element, ...]:
    """The elements that a change to one file shows."""
    file = FileChange(path, Content.of_text(after), None if before is None else Content.of_text(before))
    return infer(Change("/", [file])).elements


PYTHON = [
    (
        "POST /refunds",
        "py.fastapi.route@1",
        "from fastapi import APIRouter",
        "r = APIRouter()",
        "@r.post('/refunds')",
        "async def f(): ...",
    ),
    ("WS /live", "py.fastapi.route@1", "import fastapi", "@app.websocket('/live')", "async def f(): ..."),
    (
        "POST,PUT /a",
        "py.flask.route@1",
        "from flask import Flask",
        "@app.route('/a', methods=['POST', 'PUT'])",
        "def f(): ...",
    ),
    ("GET /a", "py.flask.route@1", "from flask import Flask", "@app.route('/a')", "def f(): ..."),
    ("GET f()", "py.flask.route@1", "from flask import Flask", "@app.route(PATH)", "def f(): ..."),
    ("GET /a", "py.starlette.route@1", "from starlette.routing import Route", "routes = [Route('/a', f)]"),
    (
        "GET f()",
        "py.django.api-view@1",
        "from rest_framework.decorators import api_view",
        "@api_view(['GET'])",
        "def f(r): ...",
    ),
    ("GET /a", "py.web.route@1", "from .web import router", "@router.get('/a')", "def f(): ..."),
    ("GET /a", "py.web.add-route@1", "def make(app):", "    app.add_url_rule('/a', view_func=f)"),
    (
        "URL refunds/",
        "py.django.url@1",
        "from django.urls import path",
        "urlpatterns = [path('refunds/', views.refund)]",
    ),
    ("command sync", "py.click.command@1", "import click", "@click.command('sync')", "def f(): ..."),
    ("command sync_all", "py.click.command@1", "import click", "@click.command", "def sync_all(): ..."),
    ("command f", "py.typer.command@1", "import typer", "app = typer.Typer()", "@app.command()", "def f(): ..."),
    ("command f", "py.cli.command@1", "from .main import cli", "@cli.command()", "def f(): ..."),
    ("command tool", "py.argparse.command@1", "import argparse", "p = argparse.ArgumentParser(prog='tool')"),
    (
        "command up",
        "py.argparse.command@1",
        "import argparse",
        "def add(sub: argparse.ArgumentParser):",
        "    sub.add_parser('up')",
    ),
    ("task sweep", "py.celery.task@1", "from celery import shared_task", "@shared_task", "def sweep(): ..."),
    ("task sweep", "py.celery.task@1", "from .celery import app", "@app.task(bind=True)", "def sweep(self): ..."),
    ("handler lambda_handler", "py.aws.lambda-handler@1", "def lambda_handler(event, context): ..."),
    ("handler handler", "py.aws.lambda-handler@1", "def handler(event, context): ..."),
    ("requests call in f()", "py.http.call@1", "import requests", "def f(u):", "    requests.get(u)"),
    ("requests call in the module", "py.http.call@1", "import requests as r", "r.get('u')"),
    (
        "httpx call in A.f()",
        "py.http.call@1",
        "from httpx import get",
        "class A:",
        "    def f(self):",
        "        get('u')",
    ),
    (
        "httpx call in f()",
        "py.http.call@1",
        "import httpx",
        "async def f():",
        "    async with httpx.AsyncClient() as c:",
        "        await c.post('u')",
    ),
    ("httpx call in f()", "py.http.call@1", "import httpx", "def f(c: httpx.Client):", "    c.get('u')"),
    (
        "aiohttp call in A.f()",
        "py.http.call@1",
        "import aiohttp",
        "class A:",
        "    def __init__(self):",
        "        self.s = aiohttp.ClientSession()",
        "    def f(self):",
        "        self.s.get('u')",
    ),
    ("urllib.request call in the module", "py.http.call@1", "from urllib.request import urlopen", "urlopen('u')"),
    (
        "subprocess call in f()",
        "py.subprocess.call@1",
        "import subprocess",
        "def f(a):",
        "    subprocess.run(['ls', a])",
    ),
    (
        "asyncio call in f()",
        "py.asyncio.subprocess@1",
        "import asyncio",
        "async def f(a):",
        "    await asyncio.create_subprocess_shell(a)",
    ),
    ("os call in the module", "py.os.exec@1", "import os", "os.system('ls')"),
    ("sqlite3 call in the module", "py.sql.call@1", "import sqlite3", "db = sqlite3.connect('x')"),
    (
        "sqlalchemy call in f()",
        "py.sql.call@1",
        "from sqlalchemy.orm import Session",
        "def f(db: Session):",
        "    db.execute('select 1')",
    ),
    (
        "psycopg call in f()",
        "py.sql.call@1",
        "import psycopg",
        "async def f():",
        "    c = await psycopg.AsyncConnection.connect('x')",
    ),
    ("redis call in the module", "py.redis.call@1", "import redis", "r = redis.Redis()"),
    ("boto3 call in the module", "py.boto3.call@1", "import boto3", "s3 = boto3.client('s3')"),
]


@pytest.mark.parametrize("sample", PYTHON, ids=[f"{at} {sample[0]}" for at, sample in enumerate(PYTHON)])
def test_python_is_read(sample: tuple[str, ...]) -> None:
    symbol, detector, *lines = sample

    elements = seen("app/x.py", "\n".join(lines))

    assert [(element.symbol, element.detector) for element in elements] == [(symbol, detector)]


JAVASCRIPT = [
    ("src/server.ts", "app.post('/pay', (req, res) => {\n  res.send(1)\n})\n", "js.express.route@1", "POST /pay"),
    ("src/server.js", "userRouter.get(`/users/:id`, show)\n", "js.express.route@1", "GET /users/:id"),
    ("app/pay/route.ts", "export async function POST(request) {\n  return x\n}\n", "js.next.route@1", "POST /pay"),
    ("a.mjs", "const r = await fetch(url)\n", "js.fetch.call@1", "fetch call in a.mjs"),
    ("a.ts", "axios.post(url, body)\n", "js.http-client.call@1", "axios call in a.ts"),
    (
        "a.js",
        "const { exec } = require('child_process')\nexec(`ls ${x}`)\n",
        "js.child-process.call@1",
        "exec call in a.js",
    ),
]


@pytest.mark.parametrize(
    ("path", "code", "detector", "symbol"), JAVASCRIPT, ids=[f"{sample[0]} {sample[3]}" for sample in JAVASCRIPT]
)
def test_javascript_is_read(path: str, code: str, detector: str, symbol: str) -> None:
    assert [(element.detector, element.symbol) for element in seen(path, code)] == [(detector, symbol)]


@pytest.mark.parametrize(
    ("path", "code"),
    [
        ("a.py", "import requests\nraise requests.ConnectionError()\n"),
        ("a.py", "import requests\ns = requests.Session()\n"),
        ("a.py", "@cache.get('key')\ndef f(): ...\n"),
        ("a.py", "def get(u): ...\nget('u')\n"),
        ("a.py", "# requests.get(u)\nx = 'subprocess.run(1)'\n"),
        ("a.py", "def handler(request): ...\n"),
        ("a.js", "// fetch(url)\n * app.get('/a', f)\n"),
        ("a.js", "const m = pattern.exec(text); this.prefetch(x)\n"),
        ("lib/other.ts", "export function POST() {}\n"),
    ],
)
def test_look_alikes_are_no_elements(path: str, code: str) -> None:
    assert seen(path, code) == ()


ROUTE = "from flask import Flask\n\n@app.route('/a')\n@login_required\ndef f():\n    return 1\n"


@pytest.mark.parametrize(
    ("before", "after", "how"),
    [
        (None, ROUTE, How.ADDS),
        ("x = 1\n", ROUTE, How.ADDS),
        (ROUTE, ROUTE.replace("return 1", "return 2"), How.CHANGES),
        (ROUTE, ROUTE.replace("@login_required\n", ""), How.CHANGES),  # what is taken away counts most
        (ROUTE, ROUTE.replace("'/a'", "'/b'"), How.ADDS),
        (ROUTE, ROUTE + "\nx = 1\n", None),
        (ROUTE, "\n\n" + ROUTE, None),
        (ROUTE, ROUTE.replace("return 1", "return 1  # one"), None),
        (ROUTE, ROUTE.replace("    return", "        return"), None),
        ("def (", ROUTE, How.PRESENT),  # nobody can tell what it was before
    ],
)
def test_only_what_the_change_touches_is_asked_about(before: str | None, after: str, how: How | None) -> None:
    assert [element.how for element in seen("a.py", after, before)] == ([how] if how else [])


def test_whole_files_are_not_called_added() -> None:
    file = FileChange("a.py", Content.of_text(ROUTE))

    (element,) = infer(Change("/", [file]), compared=False).elements

    assert element.why == "a.py:3 has GET /a"


def test_an_element_tells_where_and_why() -> None:
    (element,) = seen("app/x.py", ROUTE)

    assert element.why == "app/x.py:3 adds GET /a"
    assert (element.id, element.trigger, element.where.line_hint) == ("get-a", Trigger.ENTRY, 3)
    assert element.where in element.anchors


def test_calls_of_one_function_are_one_element_with_an_anchor_each() -> None:
    code = "import requests\ndef f(u):\n    requests.get(u)\n    requests.post(u)\n"
    more = code + "    requests.put(u)\n"

    (element,) = seen("a.py", more, code)

    assert [anchor.line_hint for anchor in element.anchors] == [3, 4, 5]
    assert element.where.line_hint == 5
    assert element.how is How.CHANGES


def test_ids_are_told_apart_by_their_path() -> None:
    files = [FileChange(path, Content.of_text(ROUTE)) for path in ("a/x.py", "b/x.py", "b_x.py")]

    ids = [element.id for element in infer(Change("/", files)).elements]

    assert ids == ["get-a-a-x", "get-a-b-x", "get-a-b-x-2"]


@pytest.mark.parametrize(
    ("file", "why"),
    [
        (FileChange("a.go", Content.of_text("x")), "no detector reads .go files"),
        (FileChange("Makefile", Content.of_text("x")), "no detector reads files without an ending"),
        (FileChange("a.py", Content.of_text("x"), traits=frozenset({Trait.VENDORED})), "vendored code"),
        (FileChange("a.py", Content.of_text("x"), traits=frozenset({Trait.GENERATED})), "generated code"),
        (FileChange("a.py", Content(b"\0\0")), "binary"),
        (FileChange("a.py", Content.of_text("def f(\n")), "no valid Python (line 1)"),
        (FileChange("a.py", Content.of_text("x = '\0'\n" + "#" * 9000)), "binary"),
        (FileChange("a.py", Content.of_text("#" * 9000 + "\nx = '\0'\n")), "no valid Python"),
        (FileChange("a.py", Content.of_text("(" * 5000 + ")" * 5000)), "nested too deeply to read"),
        (FileChange("a.py", Content.of_text("x = " + "-" * 100_000 + "1\n")), "nested too deeply to read"),
        (FileChange("a.py", Content.of_text("x = " + "a." * 50_000 + "b\n")), "nested too deeply to read"),
        (FileChange("a.py", Content.of_text("x = 1\n" * 200_000)), "larger than 1,000,000 bytes"),
        (Skipped("a.bin", "too large"), "too large"),
        (Unreadable("a.py", "gone"), "gone"),
    ],
)
def test_what_nobody_looked_at_is_told(file: FileChange | Skipped | Unreadable, why: str) -> None:
    found = infer(Change("/", [file]))

    assert found.elements == ()
    assert found.not_looked_at == (Skipped(file.path, why),)


def test_replaced_versions_of_a_range_are_passed_over() -> None:
    found = infer(Change("/", [FileChange("a.py", Content.of_text(ROUTE), commit="abc")]))

    assert (found.elements, found.not_looked_at) == ((), ())


def test_a_flood_of_elements_is_cut_and_told() -> None:
    code = "import os\n" + "".join(f"def f{number}():\n    os.system('x')\n" for number in range(150))

    found = infer(Change("/", [FileChange("a.py", Content.of_text(code))]))

    assert len(found.elements) == 100
    assert found.not_looked_at[0].why == "only the first 100 of 150 elements are asked about"


@pytest.mark.parametrize(
    "code",
    [
        "app.get(" * 20_000,
        'x("' + '\\"' * 200_000,
        "`" + "\\`" * 200_000,
        "exec(" * 30_000 + "child_process",
        "a" * 500_000,
        "export async function " * 20_000,
        "{" * 200_000,
    ],
)
@pytest.mark.parametrize("path", ["a.js", "route.ts"])
def test_hostile_javascript_costs_no_time(code: str, path: str) -> None:
    started = time.monotonic()

    seen(path, code)
    anchor_fingerprint(code, comment="//")

    assert time.monotonic() - started < 5


def test_hostile_names_are_escaped() -> None:
    code = "from flask import Flask\n@app.route('/a\u202e[red]\\n')\ndef f(): ...\n"

    (element,) = seen("ev\x1bil\u200b.py", code)

    assert element.why == "ev\\x1bil\\u200b.py:2 adds GET /a\\u202e[red]\\n"


def test_a_token_in_a_path_is_masked() -> None:
    token = random_text(32)

    (element,) = seen(
        "a.py", f"from flask import Flask\n@app.route('/hooks/{token}/orders-of-the-last-quarter')\ndef f(): ...\n"
    )

    assert element.symbol == "GET /hooks/********/orders-of-the-last-quarter"
    assert token.lower() not in element.id


def test_slugs_are_safe_as_ids() -> None:
    assert slug("POST /Réfunds/{id}  ") == "post-r-funds-id"
    assert slug("…") == "element"


def test_a_fingerprint_does_not_confirm_a_guessed_secret() -> None:
    """Of what a string holds, sixteen bits go in: many other values give the same."""
    prints = {anchor_fingerprint(f"login(password='{number}')", comment="#") for number in range(2000)}

    assert len({print_[:14] for print_ in prints}) == 1
    assert all(len(print_) == 18 for print_ in prints)
