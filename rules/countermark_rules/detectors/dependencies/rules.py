"""The rules of the family. A finding's message says besides which name it is about."""

from __future__ import annotations

from countermark.finding import Confidence, Rule, Severity

_INVENTED = "https://www.usenix.org/conference/usenixsecurity25/presentation/spracklen"
_CONFUSION = "https://docs.astral.sh/uv/concepts/indexes/"
_PIP = "https://pip.pypa.io/en/stable/cli/pip_install/"

UNKNOWN = Rule(
    "deps/unknown-package",
    "Package that nobody knows",
    "The name is on no list of packages that exist. Assistants invent such names, and invent them again: whoever "
    "registers one first runs programs on the machine of everybody who installs it.",
    "Look the package up by hand before anybody installs it: who publishes it, since when, from which repository. Where "
    "it is a private one, pin it to your own index; where the name is wrong, use the right one.",
    Severity.MEDIUM,
    Confidence.LOW,
    ("CWE-1357", "CWE-829"),
    (_INVENTED,),
)
LOOK_ALIKE = Rule(
    "deps/look-alike",
    "Name that passes for another package",
    "The name is nearly that of a well-known package. Such names are registered to be installed by mistake: their "
    "install scripts run with the rights of whoever installs them.",
    "Correct the name, and look at the lock file: an earlier install may have fetched the other one already.",
    Severity.HIGH,
    Confidence.MEDIUM,
    ("CWE-1357", "CWE-506"),
    (_INVENTED,),
)
UNPINNED = Rule(
    "deps/unpinned-source",
    "Source that can change unseen",
    "What is installed is whatever that branch or address holds at that minute: whoever can push there runs code in "
    "every installation.",
    "Name a commit of 40 digits for git, a hash for an address (#sha256=…), a version for a package; or take a release "
    "from the registry.",
    Severity.MEDIUM,
    Confidence.HIGH,
    ("CWE-829", "CWE-494"),
    (_PIP,),
)
EXTRA_INDEX = Rule(
    "deps/extra-index",
    "Second index beside the public one",
    "The installer looks in both indexes and takes the higher version: whoever registers the name of a package of yours "
    "in the public one, with a high version, runs programs wherever yours is installed.",
    "Use one index that mirrors the other (--index-url), or bind each private package to its index: [tool.uv.sources] "
    "with explicit = true, Poetry's source priority explicit, a scope in .npmrc (@acme:registry=…).",
    Severity.MEDIUM,
    Confidence.HIGH,
    ("CWE-427", "CWE-829"),
    (_PIP, _CONFUSION),
)
PLAIN_HTTP = Rule(
    "deps/plain-http-index",
    "Packages over an unchecked connection",
    "Packages come without a check of who sends them: anyone on the network path can put code of theirs into the installation.",
    "Use https, and trust no host without its certificate; for a private certificate authority name its bundle (pip's "
    "--cert, npm's cafile).",
    Severity.HIGH,
    Confidence.HIGH,
    ("CWE-319", "CWE-494"),
    (_PIP,),
)
RULES = (UNKNOWN, LOOK_ALIKE, UNPINNED, EXTRA_INDEX, PLAIN_HTTP)
