# shellcheck shell=bash
# Sourced by the other scripts: finds Python, makes .venv and keeps it as the pinned requirements say. Bash 3.2 is enough.
# After `ensure_venv KIND`, $root is the checkout and $bin the folder of the venv's programs.

root=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd -P)
venv="$root/.venv"
bin="$venv/bin"
unset PYTHONPATH PYTHONHOME # a stranger's modules have no business in here

fail() {
    printf '%s: %s\n' "$(basename "$0")" "$1" >&2
    exit 2
}

# The interpreter to build from: $PYTHON, else python3.
find_python() {
    python=$(command -v "${PYTHON:-python3}") || fail "${PYTHON:-python3} not found: install Python 3.11 or newer, or set PYTHON"
    "$python" -c 'import sys; sys.exit(sys.version_info < (3, 11))' ||
        fail "Python 3.11 or newer is needed, but $python is $("$python" -V 2>&1): set PYTHON to a newer one"
    python=$("$python" -c 'import sys; print(sys._base_executable)') # not a venv's own, least of all .venv's
    "$python" -c 'import ensurepip, venv' 2>/dev/null ||
        fail "$python has no venv module: install it (Debian, Ubuntu: apt-get install python3-venv)"
}

# What has to be unchanged for the venv of KIND to be current: the place, the interpreter, the pins, the project's own metadata.
fingerprint() {
    "$python" - "$root" "$root/requirements/$1.txt" "$root/pyproject.toml" <<'PY'
import hashlib, pathlib, sys
state = hashlib.sha256(repr((sys.argv[1], sys.version, sys.base_prefix)).encode())
for name in sys.argv[2:]:
    state.update(hashlib.sha256(pathlib.Path(name).read_bytes()).digest())
print(state.hexdigest())
PY
}

# ensure_venv KIND: .venv holds at least requirements/KIND.txt and this checkout, editable. Does nothing when it does already.
ensure_venv() {
    find_python
    [ ! -d "$venv/Scripts" ] || bin="$venv/Scripts" # Git Bash on Windows
    local wanted stamp="$venv/.installed-$1"
    wanted=$(fingerprint "$1") || fail "cannot read the requirements"
    if [ -x "$bin/python" ] && [ "$(cat "$stamp" 2>/dev/null)" = "$wanted" ]; then return; fi
    printf '%s: installing into .venv, once (requirements/%s.txt)\n' "$(basename "$0")" "$1" >&2
    make_venv
    install_into_venv "$1"
    printf '%s\n' "$wanted" >"$stamp"
}

make_venv() {
    # Built by another Python or moved with the checkout: what it holds cannot be trusted to run.
    if [ "$("$bin/python" -c 'import sys; print(sys.version, sys.base_prefix, sys.prefix)' 2>/dev/null)" != \
        "$("$python" -c 'import sys; print(sys.version, sys.base_prefix, sys.argv[1])' "$venv")" ]; then
        "$python" -m venv --clear "$venv" || fail "cannot make $venv"
    fi
    [ ! -d "$venv/Scripts" ] || bin="$venv/Scripts"
}

install_into_venv() {
    local pip=("$bin/python" -m pip --disable-pip-version-check --no-input --quiet --quiet)
    "${pip[@]}" install --require-hashes -r "$root/requirements/$1.txt" || fail "cannot install requirements/$1.txt"
    "${pip[@]}" install --no-deps --no-build-isolation -e "$root" || fail "cannot install the package itself"
}
