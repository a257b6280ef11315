"""Insecure code that AI assistants tend to suggest, matched by Semgrep with rules of our own.

A rule is one file, ``rules/<language>/<name>.yaml``, and one fixture, ``tests/rules/patterns/<language>/<name>.<ext>``; its id in
Countermark is ``<language>/<name>``. ``scripts/bundle`` compiles the rules into ``bundle.json``, which is all that is read at run time.
"""
