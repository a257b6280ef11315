"""What gives an element away in Python and JavaScript, as data: one more signal is one more row.

A detector's number after ``@`` goes up when its meaning changes, so that a model file tells which one saw an element.
"""

from __future__ import annotations

import re

from attrs import frozen

from .elements import Trigger

VERBS = frozenset({"get", "post", "put", "patch", "delete", "head", "options", "trace"})
ANY: frozenset[str] = frozenset()


@frozen
class Decorated:
    """A function becomes an entry point by a decorator whose last name is in ``names``.

    ``modules`` are imports that a file must show, one of them; with none, a decorator counts that is called on an object, and, for a
    route, with a path. ``title`` says how the element is named.
    """

    detector: str
    names: frozenset[str]
    title: str  # route | command | task
    modules: frozenset[str] = ANY


@frozen
class Named:
    """A function is an entry point by its name, and the names of its parameters where they are given."""

    detector: str
    name: str
    title: str
    parameters: tuple[str, ...] = ()


@frozen
class Called:
    """A call is an element when its full name begins with one of ``roots`` and ends in one of ``methods``; ANY admits all methods.

    ``title`` names entry points as above; calls that leave the program are named by root and function.
    """

    detector: str
    trigger: Trigger
    roots: tuple[str, ...]
    methods: frozenset[str]
    title: str = "call"


DECORATED = (
    Decorated(
        "py.fastapi.route@1", VERBS | {"api_route", "websocket", "websocket_route"}, "route", frozenset({"fastapi"})
    ),
    Decorated("py.flask.route@1", VERBS | {"route"}, "route", frozenset({"flask", "quart"})),
    Decorated("py.starlette.route@1", frozenset({"route", "websocket_route"}), "route", frozenset({"starlette"})),
    Decorated("py.django.api-view@1", frozenset({"api_view"}), "route", frozenset({"rest_framework"})),
    Decorated("py.click.command@1", frozenset({"command", "group"}), "command", frozenset({"click", "rich_click"})),
    Decorated("py.typer.command@1", frozenset({"command", "callback"}), "command", frozenset({"typer"})),
    Decorated("py.celery.task@1", frozenset({"task", "shared_task", "periodic_task"}), "task", frozenset({"celery"})),
    Decorated("py.web.route@1", VERBS | {"route", "websocket"}, "route"),
    Decorated("py.cli.command@1", frozenset({"command"}), "command"),
)

NAMED = (
    Named("py.aws.lambda-handler@1", "lambda_handler", "handler"),
    Named("py.aws.lambda-handler@1", "handler", "handler", ("event", "context")),
)

_HTTP = VERBS | {"request", "stream", "send", "ws_connect", "urlopen", "urlretrieve"}
_SQL = frozenset(
    {"connect", "create_pool", "create_engine", "create_async_engine", "execute", "executemany", "executescript"}
)
_SQL_READ = frozenset({"scalar", "scalars", "exec_driver_sql", "fetch", "fetchrow", "fetchval", "copy"})

CALLED = (
    Called(
        "py.django.url@1",
        Trigger.ENTRY,
        ("django.urls", "django.conf.urls"),
        frozenset({"path", "re_path", "url"}),
        "route",
    ),
    Called(
        "py.starlette.route@1",
        Trigger.ENTRY,
        ("starlette.routing", "fastapi.routing"),
        frozenset({"Route", "WebSocketRoute", "Mount", "APIRoute"}),
        "route",
    ),
    Called(
        "py.web.add-route@1",
        Trigger.ENTRY,
        ("",),
        frozenset({"add_api_route", "add_url_rule", "add_websocket_route", "add_api_websocket_route"}),
        "route",
    ),
    Called(
        "py.argparse.command@1", Trigger.ENTRY, ("argparse",), frozenset({"ArgumentParser", "add_parser"}), "command"
    ),
    Called("py.http.call@1", Trigger.FLOW, ("requests", "httpx", "aiohttp", "urllib3", "urllib.request"), _HTTP),
    Called("py.boto3.call@1", Trigger.FLOW, ("boto3", "aioboto3"), ANY),
    Called(
        "py.sql.call@1",
        Trigger.STORE,
        ("sqlalchemy", "psycopg", "psycopg2", "asyncpg", "sqlite3", "aiosqlite", "pymysql", "MySQLdb", "django.db"),
        _SQL | _SQL_READ,
    ),
    Called("py.redis.call@1", Trigger.STORE, ("redis",), ANY),
    Called(
        "py.subprocess.call@1",
        Trigger.EXEC,
        ("subprocess",),
        frozenset({"run", "Popen", "call", "check_call", "check_output", "getoutput", "getstatusoutput"}),
    ),
    Called(
        "py.asyncio.subprocess@1",
        Trigger.EXEC,
        ("asyncio",),
        frozenset({"create_subprocess_exec", "create_subprocess_shell"}),
    ),
    Called(
        "py.os.exec@1",
        Trigger.EXEC,
        ("os",),
        frozenset(
            {
                "system",
                "popen",
                "startfile",
                "posix_spawn",
                "execv",
                "execve",
                "execvp",
                "execl",
                "execlp",
                "spawnv",
                "spawnl",
            }
        ),
    ),
)


@frozen
class Pattern:
    """A signal in JavaScript and TypeScript. The groups ``verb`` and ``path`` name a route; ``call`` names what is called.

    Patterns have no nested repeats and every repeat is bounded, so that a hostile line costs linear time.
    """

    detector: str
    trigger: Trigger
    regex: re.Pattern[str]
    files: str = ""  # only in files whose name without endings is this
    needs: str = ""  # only in files that hold this text


PATTERNS = (
    Pattern(
        "js.express.route@1",
        Trigger.ENTRY,
        re.compile(
            r"\b(?:app|api|server|fastify|\w{0,40}[rR]outer)\s{0,20}\.\s{0,20}(?P<verb>get|post|put|patch|delete|head|options|all)"
            r"\s{0,20}\(\s{0,80}[\"'`](?P<path>/[^\"'`\n]{0,200})[\"'`]"
        ),
    ),
    Pattern(
        "js.next.route@1",
        Trigger.ENTRY,
        re.compile(
            r"(?m)^export\s{1,20}(?:async\s{1,20})?function\s{1,20}(?P<verb>GET|POST|PUT|PATCH|DELETE|HEAD|OPTIONS)\b"
        ),
        "route",
    ),
    Pattern("js.fetch.call@1", Trigger.FLOW, re.compile(r"(?<![\w.])(?P<call>fetch)\s{0,20}\(")),
    Pattern(
        "js.http-client.call@1",
        Trigger.FLOW,
        re.compile(
            r"\b(?P<call>axios|got|undici|https?)(?:\.(?:get|post|put|patch|delete|head|request|fetch))?\s{0,20}\("
        ),
    ),
    Pattern(
        "js.child-process.call@1",
        Trigger.EXEC,
        re.compile(
            r"(?<![\w.])(?:child_process\.)?(?P<call>execSync|execFile|execFileSync|exec|spawn|spawnSync|fork)\s{0,20}\("
        ),
        needs="child_process",
    ),
)

DETECTORS = tuple(sorted({row.detector for table in (DECORATED, NAMED, CALLED, PATTERNS) for row in table}))
