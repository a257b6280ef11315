"""What Python and JavaScript code imports from packages: neither its standard library nor files of the repository."""

from __future__ import annotations

import ast
import sys
from collections.abc import Iterator
from functools import lru_cache

from countermark.content import Content, Span
from countermark.lazily import lazy
from countermark.python_tree import NotPython, tree

from .needs import Need

_PYTHON = lazy(r"(?m)^[ \t]*(?:from[ \t]+([A-Za-z_]\w*)[\w.]*[ \t]+import\b|import[ \t]+([A-Za-z_][^\n#;]*))")
_NAME = lazy(r"(?:^|,)[ \t]*([A-Za-z_]\w*)")
_JAVASCRIPT = lazy(r"""(?<![\w.$])(from|import|require)\s*\(?\s*["']([^"'\s]{1,300})["']""")
_BEGIN = lazy(r"""(?:^|[\s;}])(?:import|export)\b[^"'`;]*$""")
_STATEMENT = 2000  # characters that an import statement may have before its "from"
_PACKAGE = lazy(r"(?:@[a-z0-9~][\w.~-]*/)?[a-z0-9~][\w.~-]*")
# Modules that other programs bring along, those of other versions of Python, and those whose package is called otherwise.
_BROUGHT = frozenset(
    "ahocorasick allauth annotationlib apt_pkg backports busio cairo commands compression consul Cookie cookielib "
    "corsheaders cPickle crispy_forms Cryptodome cStringIO ctags cv2 dateutil dbus debug_toolbar detectron2 "
    "django_filters dns dummy_thread exceptions future_builtins gdb git gitlab gridfs htmlentitydefs httplib idaapi java "
    "javax linkify_it lldb magic markdown_it md5 mpl_toolkits mptt MySQLdb nacl nmap ntlm OpenGL openslide OpenSSL "
    "opentelemetry org paho PIL pkg_resources pptx pylab pysqlite2 pythoncom pywintypes Queue rest_framework rpds RPi "
    "ruamel sage sha social_django SocketServer speech_recognition storages StringIO taggit Tkinter tlz umap urllib2 vlc "
    "win32api win32clipboard win32com win32con win32evtlog win32evtlogutil win32file win32job win32net win32pipe "
    "win32process win32security win32service win32serviceutil wx xapian xbmc xbmcaddon xbmcgui xbmcplugin xmlrpclib yaml".split()
)
_NODE = frozenset(
    "assert async_hooks buffer child_process cluster console constants crypto dgram diagnostics_channel dns domain "
    "events fs http http2 https inspector module net os path perf_hooks process punycode querystring readline repl "
    "stream string_decoder sys test timers tls trace_events tty url util v8 vm wasi worker_threads zlib bun electron "
    "vscode".split()
)


def in_python(content: Content) -> Iterator[Need]:
    """The top-level names that lines of a Python file import; ``is_statement`` tells which of those lines are code."""
    yield from (need for need in _python_lines(content.text) if not _standard(need.name))


def is_statement(content: Content, span: Span) -> bool:
    """Whether an import statement is at that place, and not a text that looks like one; True for a file that cannot be parsed."""
    lines = _statement_lines(content)
    return lines is None or content.line_at(span.start) in lines


def _python_lines(text: str) -> Iterator[Need]:
    for line in _PYTHON.finditer(text):
        if line[1]:
            yield Need("pypi", line[1], Span(*line.span(1)), imported=True)
            continue
        for name in _NAME.finditer(line[2]):
            yield Need("pypi", name[1], Span(line.start(2) + name.start(1), line.start(2) + name.end(1)), imported=True)


def _standard(name: str) -> bool:
    return name in sys.stdlib_module_names or name in _BROUGHT or name.startswith("_")


@lru_cache(maxsize=1)
def _statement_lines(content: Content) -> frozenset[int] | None:
    """The lines, from 0, on which import statements are; None for a file that cannot be parsed, such as one half typed."""
    try:
        module = tree(content.text)
    except NotPython:
        return None
    statements = (node for node in ast.walk(module) if isinstance(node, ast.Import | ast.ImportFrom))
    return frozenset(line for node in statements for line in range(node.lineno - 1, node.end_lineno or node.lineno))


def in_javascript(content: Content) -> Iterator[Need]:
    """The packages that a JavaScript or TypeScript file imports; an alias such as ``@/`` stands for a folder of the repository."""
    text = content.text
    for found in _JAVASCRIPT.finditer(text):
        word, wanted = found.groups()
        name = _package(wanted)
        if name and (word != "from" or _BEGIN.search(text, max(0, found.start() - _STATEMENT), found.start())):
            yield Need("npm", name, Span(found.start(2), found.start(2) + len(name)), imported=True)


def _package(wanted: str) -> str | None:
    """The package of a module's name; None for a file, an alias and what Node brings along."""
    package = _PACKAGE.match(wanted)
    if package is None or wanted.startswith("~/") or wanted[package.end() : package.end() + 1] not in {"", "/"}:
        return None
    return None if package[0].split("/")[0] in _NODE else package[0]
