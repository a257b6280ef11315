#!/bin/sh
# hooks/pre-receive of a bare repository: refuses a push with commits that nobody answers for.
# Reviews travel as notes: git push origin main refs/notes/countermark
exec countermark verify --pre-receive >&2
