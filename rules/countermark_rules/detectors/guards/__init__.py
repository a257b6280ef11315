"""What a change takes away, and what it silences: access checks, validation, tests, CI gates; comments that switch a check off.

A guard that Semgrep can see is one file, ``rules/<name>.yaml``, with patterns that match it where it is *present*; ``scripts/bundle``
compiles them into ``bundle.json``. They are matched before and after a change, and what is left of the difference is reported.
Tests, gates and silenced checks are told from the changed lines alone.
"""
