"""How each language looks a variable up, as data. A row of ``LANGUAGES`` and one of the tests is all that a new one needs."""

from __future__ import annotations

from collections.abc import Mapping

from attrs import frozen

# The pieces of the expressions that tell comments, literals and code apart. Each takes what it begins, closed or not, so that no text
# is read twice; a literal that does not end on its line is none.
_HASH = r"(?P<comment>\#[^\n]*+)"
_SLASHES = r"(?P<comment>//[^\n]*+|/\*(?:[^*]++|\*(?!/))*+(?:\*/)?)"
_DOUBLE, _SINGLE = r'"(?:[^"\\\n]++|\\.)*+"?', r"'(?:[^'\\\n]++|\\.)*+'?"
_TRIPLE = r'"""(?:[^"\\]++|\\.|"(?!""))*+(?:""")?'
_RAW_TRIPLE = r'"""(?:[^"]++|"(?!""))*+(?:"{3,})?'
_HEREDOC = (
    r"(?P<other><<[-~]?(?P<_q>['\"]?)(?P<_end>[A-Za-z_]\w*+)(?P=_q)[^\n]*+\n(?:(?![ \t]*+(?P=_end)\b)[^\n]*+\n)*+)"
)
_CHAR = r"(?P<other>'(?:[^'\\\n]|\\[^\n]{1,9}?)')"  # a character, and no lifetime or label


@frozen
class Default:
    """A look-up that names the variable and falls back on the literal: the fall-back goes.

    ``before`` and ``after`` are expressions for what stands around the literal; ``becomes`` takes the place of all of it.
    """

    before: str
    after: str
    becomes: str


@frozen
class Language:
    """What there is to know of a language.

    - ``lexer``: the alternatives of `literals.lexer`; ``begins``: letters that one of them begins with
    - ``lookup``: the look-up, for a format with the name
    - ``literals``: prefix and quote of those literals that a look-up can replace
    - ``inside``: prefix and quote of those in which one can stand in the place of a part, and how it is written there
    - ``precedes``, ``follows``: what may stand around an expression besides what may everywhere
    - ``constant``: code before a literal where only a constant may stand
    - ``bound``: code before a literal where of all look-ups only those of ``defaults`` may stand
    - ``amend``: code before a literal in which the group ``word`` gives way to the second text, and then it need be none
    - ``defaults``: look-ups that fall back on a literal
    - ``import_``: which function of `imports` adds what the look-up needs
    """

    lexer: str
    lookup: str
    literals: tuple[str, ...] = ('"',)
    inside: Mapping[str, str] = {}
    precedes: str = ""
    follows: str = ""
    constant: str = ""
    bound: str = ""
    amend: tuple[tuple[str, str], ...] = ()
    defaults: tuple[Default, ...] = ()
    import_: str = ""
    begins: str = ""


_PYTHON = Language(
    lexer=rf"{_HASH}|(?P<string>{_TRIPLE}|'''(?:[^'\\]++|\\.|'(?!''))*+(?:''')?|{_DOUBLE}|{_SINGLE})",
    lookup='os.environ["{}"]',
    literals=tuple(
        f"{prefix}{quote}" for prefix in ("", "u", "r", "b", "rb", "br") for quote in ('"', "'", '"""', "'''")
    ),
    inside={'f"': "{{os.environ['{}']}}", "f'": '{{os.environ["{}"]}}'},
    follows=r"\.(?:encode|strip|split|replace|lower|upper)\(|[ \t]+(?:if|else|or|and|for)\b",
    constant=r"\bLiteral\[[^\[\]]*$|\bcase\b[^\n:]*$",
    defaults=(
        Default(
            r"""\bos\.(?:getenv|environ\.get)\(\s*(?P<q>["'])(?P<name>\w+)(?P=q)\s*,\s*(?:default\s*=\s*)?$""",
            r"\s*,?\s*\)",
            'os.environ["{}"]',
        ),
        Default(
            r"""\bos\.(?:getenv|environ\.get)\(\s*(?P<q>["'])(?P<name>\w+)(?P=q)\s*\)\s+or\s+$""",
            "",
            'os.environ["{}"]',
        ),
    ),
    import_="python",
)
_SCRIPT = Language(
    lexer=rf"{_SLASHES}|(?P<string>`(?:[^`\\]++|\\.)*+`?|{_DOUBLE}|{_SINGLE})"
    r"|(?P<other>(?:(?<=[(,=:\[!&|?{};\n])|(?<=[(,=:\[!&|?{};] ))/(?:[^/\\\[\n]|\\.|\[(?:[^\]\\\n]|\\.)*+\])++/)",
    lookup="process.env.{}",
    literals=('"', "'", "`"),
    inside={"`": "${{process.env.{}}}"},
    follows=r"[ \t]+(?:as|satisfies)\b",
    constant=r"\benum\s+\w+\s*\{[^{}]*$|\btype\s+\w[^;{}]*=\s*$|\b(?:import|from|export)\s*$|\bcase\s*$",
    defaults=(Default(r"\bprocess\.env\.(?P<name>\w+)\s*(?:\|\||\?\?)\s*$", "", "process.env.{}"),),
)
_TYPED = Language(
    lexer=_SCRIPT.lexer,
    lookup="process.env.{}!",
    literals=_SCRIPT.literals,
    inside=_SCRIPT.inside,
    follows=_SCRIPT.follows,
    constant=_SCRIPT.constant,
    defaults=(Default(_SCRIPT.defaults[0].before, "", "process.env.{}!"),),
)
_GO = Language(
    lexer=rf"{_SLASHES}|(?P<string>`[^`]*+`?|{_DOUBLE})|{_CHAR}",
    lookup='os.Getenv("{}")',
    literals=('"', "`"),
    constant=r"\bconst\s*\([^()]*$|\bconst\b[^\n]*$|\bcase\b[^\n:]*$",
    amend=((r"(?:^|\n)[ \t]*(?P<word>const)[ \t]+\w+(?:[ \t]+string)?[ \t]*=\s*$", "var"),),
    import_="go",
)
_JAVA = Language(
    lexer=rf"{_SLASHES}|(?P<string>{_TRIPLE}|{_DOUBLE})|{_CHAR}",
    lookup='System.getenv("{}")',
    literals=('"', '"""'),
    follows=r"\.(?:getBytes|toCharArray|equals|trim)\(",
    constant=r"@[\w.]+\s*\([^;]*$|\bcase\b[^\n:]*$",
    defaults=(
        Default(r'\bSystem\.getenv\(\)\.getOrDefault\(\s*"(?P<name>\w+)"\s*,\s*$', r"\s*\)", 'System.getenv("{}")'),
    ),
)
_KOTLIN = Language(
    lexer=rf"{_SLASHES}|(?P<string>{_RAW_TRIPLE}|{_DOUBLE})|{_CHAR}",
    lookup='System.getenv("{}")',
    literals=('"', '"""'),
    inside={'"': '${{System.getenv("{}")}}', '"""': '${{System.getenv("{}")}}'},
    follows=r"\.(?:toByteArray|toCharArray|trim)\(",
    constant=r"\bconst\b[^\n]*$|@[\w.:]+\s*\([^;]*$",
    amend=((r"(?P<word>\bconst[ \t]+)val\s+\w+(?:\s*:\s*String)?\s*=\s*$", ""),),
    defaults=(Default(r'\bSystem\.getenv\("(?P<name>\w+)"\)\s*\?:\s*$', "", 'System.getenv("{}")'),),
)
_RUBY = Language(
    lexer=rf"{_HASH}|{_HEREDOC}|(?P<string>{_DOUBLE}|{_SINGLE})",
    lookup='ENV.fetch("{}")',
    literals=('"', "'"),
    inside={'"': '#{{ENV.fetch("{}")}}'},
    follows=r"\.(?:freeze|strip|split|encode)\b|[ \t]+(?:if|unless|do)\b",
    constant=r"\bwhen\b[^\n]*$",
    defaults=(
        Default(r"""\bENV\.fetch\(\s*(?P<q>["'])(?P<name>\w+)(?P=q)\s*,\s*$""", r"\s*\)", 'ENV.fetch("{}")'),
        Default(r"""\bENV\[\s*(?P<q>["'])(?P<name>\w+)(?P=q)\s*\]\s*\|\|\s*$""", "", 'ENV.fetch("{}")'),
    ),
)
_PHP = Language(
    lexer=rf"(?P<comment>//[^\n]*+|\#(?!\[)[^\n]*+|/\*(?:[^*]++|\*(?!/))*+(?:\*/)?)|(?P<string>{_DOUBLE}|{_SINGLE})",
    lookup="getenv('{}')",
    literals=('"', "'"),
    constant=r"(?:\b(?:public|private|protected|var|static|readonly|const)\b|\bfunction\b[^;{}]*\(|\bfn\s*\()[^;{}]*=[^;{}]*$"
    r"|\bcase\s*$|\bcase\s+\w+\s*=\s*$|#\[[^;]*$",
    defaults=(
        Default(r"""\bgetenv\(\s*(?P<q>["'])(?P<name>\w+)(?P=q)\s*\)\s*\?:\s*$""", "", "getenv('{}')"),
        Default(r"""\benv\(\s*(?P<q>["'])(?P<name>\w+)(?P=q)\s*,\s*$""", r"\s*\)", "env('{}')"),
    ),
)
_CSHARP = Language(
    lexer=rf"{_SLASHES}|(?P<string>(?:\$@|@\$|@)\"(?:[^\"]++|\"\")*+\"?|{_RAW_TRIPLE}|{_DOUBLE})|{_CHAR}",
    lookup='System.Environment.GetEnvironmentVariable("{}")',
    literals=('"', '@"', '"""'),
    constant=r"\bconst\b[^;{}]*$|\[\s*[\w.]+\s*\([^;]*$|\(\s*[^;{}()]*\w[?\]>]?\s+\w+\s*=\s*$|\bcase\b[^\n:]*$",
    amend=(
        (
            r"\b(?:public|private|protected|internal)\s+(?:new\s+)?(?P<word>const)\s+string\s+\w+\s*=\s*$",
            "static readonly",
        ),
    ),
    defaults=(
        Default(
            r'\b(?:System\.)?Environment\.GetEnvironmentVariable\("(?P<name>\w+)"\)\s*\?\?\s*$',
            "",
            'System.Environment.GetEnvironmentVariable("{}")',
        ),
    ),
)
_RUST_READS = 'std::env::var("{0}").expect("{0} is not set")'
_RUST = Language(
    lexer=rf"{_SLASHES}|(?P<string>\br(?P<_h>\#*+)\"(?:(?!\"(?P=_h))[^\\]|\\)*+(?:\"(?P=_h))?|{_DOUBLE})|{_CHAR}",
    begins="r",
    lookup="&" + _RUST_READS,
    literals=('"', 'r"', 'r#"'),
    constant=r"\b(?:const|static)\b[^;{}]*$|#!?\[[^;]*$|\bmatch\b[^;{}]*$|\w!\s*[(\[{][^;]*$",
    bound=r"=>\s*$|\breturn\s*$|\{[^;{}]*:\s*$",  # what is borrowed here would outlive the look-up
    defaults=(Default(r"$", r"\.to_(?:string|owned)\(\)", _RUST_READS),),
)
_POWERSHELL = Language(
    lexer=r"(?P<comment><\#(?:[^\#]|\#(?!>))*+(?:\#>)?|\#[^\n]*+)|(?P<other>@\"\r?\n(?:(?!\n\"@).)*+|@'\r?\n(?:(?!\n'@).)*+)"
    r"|(?P<string>\"(?:[^\"`\n]|`.|\"\")*+\"?|'(?:[^'\n]|'')*+'?)",
    lookup="$env:{}",
    literals=('"', "'"),
    inside={'"': "${{env:{}}}"},
    precedes=r"[ \t]-\w+[ \t]+$",
    constant=r"\[\s*[\w.]+\s*\([^;\n]*$",
    follows=r"[ \t]+(?:-\w|\|)",
)
_TERRAFORM = Language(
    lexer=rf"(?P<comment>\#[^\n]*+|//[^\n]*+|/\*(?:[^*]++|\*(?!/))*+(?:\*/)?)|{_HEREDOC}|(?P<string>{_DOUBLE})",
    lookup="var.{}",
    inside={'"': "${{var.{}}}"},
    # A backend is configured before there are variables, and a variable has no other for its default.
    constant=r"\bbackend\s+\x01+\s*\{[^{}]*$|\b(?:variable\s+\x01+|terraform|required_providers)\s*(?:=\s*)?\{[^{}]*$",
)

LANGUAGES: Mapping[str, Language] = {
    **dict.fromkeys((".py", ".pyi", ".pyw"), _PYTHON),
    **dict.fromkeys((".js", ".jsx", ".mjs", ".cjs"), _SCRIPT),
    **dict.fromkeys((".ts", ".tsx", ".mts", ".cts"), _TYPED),
    ".go": _GO,
    ".java": _JAVA,
    **dict.fromkeys((".kt", ".kts"), _KOTLIN),
    **dict.fromkeys((".rb", ".rake"), _RUBY),
    ".php": _PHP,
    ".cs": _CSHARP,
    ".rs": _RUST,
    **dict.fromkeys((".ps1", ".psm1"), _POWERSHELL),
    ".tf": _TERRAFORM,
}
