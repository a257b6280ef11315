"""Insecure code that AI assistants tend to suggest, matched by Semgrep with rules of our own.

A rule is one file, ``rules/<pack>/<name>.yaml``, and one fixture, ``tests/rules/patterns/<pack>/<name>.<ext>``; its id in
Countermark is ``<pack>/<name>``. ``scripts/bundle`` compiles the rules into ``bundles/<pack>.json``: all that is read at run time.
"""
