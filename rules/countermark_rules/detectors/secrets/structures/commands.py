"""Passwords that are given to a command as an argument."""

from __future__ import annotations

from .form import Form, Forms, drawn, rule, value

_RULE = rule(
    "password-in-command",
    "Password in a command",
    "Whoever reads this command can log in with the password in it; it also shows in the list of processes and in the shell's history.",
    "https://cheatsheetseries.owasp.org/cheatsheets/Secrets_Management_Cheat_Sheet.html",
)
_ARGUMENTS = r"(?:[^\r\n\\]|\\\r?\n|\\.){0,400}?"  # of one command, which may go on in the next line
_USER = r"[^\s:\"'\\$<>]{0,80}:"
_LOGIN = (
    rf"(?:\"{_USER}(?P<secret_d>[^\"\r\n]{{3,200}})\"|'{_USER}(?P<secret_s>[^'\r\n]{{3,200}})'"
    rf"|{_USER}{value('u')})"
)

COMMANDS = Forms(
    _RULE,
    (
        Form(
            rf"(?<![\w.-])curl(?:\.exe)?\s{_ARGUMENTS}(?<=\s)(?:-[a-zA-Z]{{0,6}}[uU]|--user|--proxy-user)[ \t=]{{0,4}}{_LOGIN}",
            r"curl(?:\.exe)?\s",
            ("curl",),
            multiline=True,
        ),
        Form(
            rf"(?<![\w.-])curl(?:\.exe)?\s{_ARGUMENTS}(?<=\s)(?:-[a-zA-Z]{{0,6}}u|--user)[ \t=]{{0,4}}"
            r"[\"']?(?P<secret>[\w.-]{16,200}):(?=[\s\"'])",
            r"curl(?:\.exe)?\s",
            ("curl",),
            multiline=True,
            holds=drawn,
        ),
        Form(rf"(?<![\w-])sshpass\s+-p\s*{value('p')}", r"sshpass\s+-p", ("sshpass",)),
        Form(
            rf"(?<![\w-])(?:mysql(?:dump|admin|import|check|sh)?|mariadb(?:-dump|-admin)?)\s[^\r\n|;]{{0,200}}?(?<=\s)-p{value('m')}",
            r"(?:mysql|mariadb)[a-z-]{0,8}\s[^\r\n|;]{0,200}-p[^\s]",
            ("mysql", "mariadb"),
        ),
        Form(
            rf"(?<![\w-])(?:docker|podman|nerdctl|buildah|skopeo|helm\s+registry|oc|az(?:\s+acr)?|cf)\s+login\s"
            rf"{_ARGUMENTS}(?<=\s)(?:-p|--password)[ =]\s{{0,3}}{value('l')}",
            r"(?:docker|podman|nerdctl|buildah|skopeo|registry|oc|az|acr|cf)\s+login\s",
            ("login",),
            multiline=True,
        ),
        Form(
            rf"(?<![\w-])twine\s+upload\s{_ARGUMENTS}(?<=\s)(?:-p|--password)[ =]\s{{0,3}}{value('t')}",
            r"twine\s+upload\s",
            ("twine",),
            multiline=True,
        ),
        Form(
            rf"(?<![\w-])(?:mongo(?:sh|dump|restore|export|import)?|sqlcmd|bcp|ldapsearch|ldapmodify|smbclient|xfreerdp|rdesktop)\s"
            rf"{_ARGUMENTS}(?<=\s)(?:-[pPw]\s{{1,3}}|--password[ =]|/p:){value('n')}",
            r"(?:mongo|sqlcmd|bcp|ldap|smbclient|xfreerdp|rdesktop)[a-z]{0,8}\s",
            ("mongo", "sqlcmd", "bcp", "ldap", "smbclient", "xfreerdp", "rdesktop"),
            multiline=True,
        ),
        Form(
            r"(?<![\w-])sqlplus\s[^\r\n|;@/]{0,100}?[\w$#]{1,64}/(?P<secret_x>[^@\s\"'`/$]{3,64})@",
            r"sqlplus\s[^\r\n]{0,160}@",
            ("sqlplus",),
        ),
        Form(
            rf"(?<![\w-])htpasswd\s{{1,4}}(?:-[a-zA-Z]{{1,6}}\s{{1,4}}){{0,3}}-[a-zA-Z]{{0,4}}b[a-zA-Z]{{0,4}}\s{{1,4}}[^\s|;]{{1,200}}\s{{1,4}}"
            rf"[^\s|;]{{1,80}}\s{{1,4}}{value('h')}",
            r"htpasswd\s",
            ("htpasswd",),
        ),
        Form(
            rf"(?<![\w-])echo\s+[\"']?[\w.-]{{1,64}}:{value('c')}[\"']?\s*\|\s*(?:sudo\s+)?chpasswd(?![\w-])",
            r"\|\s*(?:sudo\s+)?chpasswd",
            ("chpasswd",),
        ),
        Form(
            rf"(?<![\w-])echo\s+(?:-n\s+)?{value('i')}[\"']?\s*\|\s*(?:docker|podman|helm\s+registry|oc|gh|az|skopeo|buildah)\s"
            r"[^\r\n|;]{0,200}?--(?:password-stdin|with-token)(?![\w-])",
            r"--(?:password-stdin|with-token)",
            ("password-stdin", "with-token"),
        ),
        Form(
            rf"(?<![\w-])redis-cli\s[^\r\n|;]{{0,200}}?(?<=\s)(?:-a|--pass)\s+{value('r')}",
            r"redis-cli\s",
            ("redis-cli",),
        ),
        Form(
            rf"(?<![\w-])echo\s+{value('e')}[\"']?\s*\|\s*sudo\s+(?:-[\w-]+\s+){{0,4}}(?:-[a-zA-Z]*S|--stdin)(?![\w-])",
            r"sudo\s",
            ("sudo",),
        ),
        Form(
            r"(?<=\s)-pass(?:in|out)?\s+[\"']?pass:(?P<secret_o>[^\s\"'\\|;&<>()`$]{3,200})",
            r"-pass(?:in|out)?\s+[\"']?pass:",
            ("pass:",),
        ),
    ),
)
