"""How comments begin, by kind of file: a suppression counts in a comment of the file's language and nowhere else."""

from __future__ import annotations

from collections.abc import Sequence

from attrs import frozen


@frozen
class Style:
    """What opens a comment, and what closes it where its line does not."""

    opens: str
    closes: str = ""
    leads: bool = False  # only at the beginning of a line: what stands for an operator or a quote elsewhere


_HASH = Style("#")
_SLASHES = Style("//")
_DASHES = Style("--")
_SEMICOLON = Style(";")
_PERCENT = Style("%")
_QUOTE = Style("'")
_REM = Style("rem ", leads=True)
_BLOCK = (Style("/**", "*/"), Style("/*", "*/"), Style("*", "*/", leads=True))  # the last: a further line of a block
_MARKUP = Style("<!--", "-->")
_BRACED = Style("{#", "#}")

_C = (_SLASHES, *_BLOCK)
_STYLES: dict[tuple[Style, ...], str] = {
    (
        _HASH,
    ): "py pyi pyx rb sh bash zsh ksh fish pl pm r jl yml yaml toml ex exs cr coffee nim tcl awk sed bzl bazel star cmake mk "
    "make dockerfile containerfile makefile gemfile rakefile vagrantfile podfile brewfile gitignore gitattributes dockerignore env "
    "netrc pypirc bashrc zshrc profile condarc graphql gql rego feature",
    (_HASH, *_C): "php tf tfvars hcl nix jq groovy thrift",
    _C: "c h cc cpp cxx c++ hpp hh hxx cs java js jsx mjs cjs ts tsx mts cts go rs swift kt kts scala sc gradle dart proto m mm zig "
    "sol v sv cu cuh glsl hlsl wgsl json jsonc json5 css scss less sass styl jenkinsfile d fs fsx pas avsc",
    (_HASH, _SLASHES): "ipynb",
    (_SLASHES,): "mod work",
    (_DASHES, *_BLOCK, _HASH): "sql psql ddl",
    (_DASHES,): "lua hs elm ada adb ads vhd vhdl",
    (_SEMICOLON,): "lisp lsp el clj cljs cljc edn scm ss rkt asm",
    (_SEMICOLON, _HASH): "ini cfg conf cnf editorconfig npmrc gitconfig gitmodules desktop service s",
    (_HASH, Style("!")): "properties",
    (_PERCENT,): "tex sty cls bib erl hrl",
    (_HASH, Style("<#", "#>")): "ps1 psm1 psd1",
    (_REM, Style("::", leads=True)): "bat cmd",
    (_QUOTE, _REM): "vb vbs bas",
    (
        _MARKUP,
    ): "html htm xhtml xml svg xsd xsl xslt md markdown rst csproj vbproj fsproj props targets plist wsdl xaml resx pom",
    (_MARKUP, *_C): "vue svelte astro mdx jsp aspx cshtml",
    (_MARKUP, _BRACED): "jinja jinja2 j2 twig njk liquid",
    (_MARKUP, Style("{{!--", "--}}"), Style("{{!", "}}")): "hbs handlebars mustache",
    (_MARKUP, Style("<%#", "%>"), Style("<%--", "--%>"), _HASH): "erb ejs",
    (Style("(*", "*)"),): "ml mli",
}
_LONGEST = 8  # characters of an opener
_BY_KIND = {kind: styles for styles, kinds in _STYLES.items() for kind in kinds.split()}
_ANY = (
    _HASH, *_C, _DASHES, _SEMICOLON, _PERCENT, _MARKUP, _BRACED, _REM, Style("'", leads=True),
)  # fmt: skip


def styles(path: str) -> tuple[Style, ...]:
    """The comments of a file, by its extension or else its name; of an unknown kind, whatever is common."""
    name = path.rpartition("/")[2].lower()
    stem, _, extension = name.rpartition(".")
    kinds = (extension, name, stem.rpartition(".")[2], name.partition(".")[0])
    return next((_BY_KIND[kind] for kind in kinds if kind in _BY_KIND), _ANY)


def opener(text: str, lead: int, at: int, known: Sequence[Style]) -> tuple[Style, int] | None:
    """The comment that begins right before an offset, and the offset where it does; ``lead`` is where its line's indent ends."""
    end = at
    while end > lead and text[end - 1] in " \t":
        end -= 1
    tail = text[max(lead, end - _LONGEST) : end].lower()
    for style in known:
        mark = style.opens.rstrip()
        start = end - len(mark)
        spaced = len(mark) == len(style.opens) or end < at
        if tail.endswith(mark) and spaced and not (style.leads and start > lead):
            while start > lead and text[start - 1] == mark[-1]:  # "##", "///"
                start -= 1
            return style, start
    return None
