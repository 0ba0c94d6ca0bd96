#!/bin/sh
# Makes .venv with the first suitable Python of this machine and puts uv into it, hash checked.
# PYTHON=/path/to/python names another one.
set -eu
venv=${1:-.venv}

suits() {
    "$1" -c 'import sys; sys.exit(not (3, 11) <= sys.version_info < (3, 14))' >/dev/null 2>&1
}

fail() {
    printf 'error: %s\n' "$*" >&2
    exit 2
}

if [ -n "${PYTHON:-}" ]; then
    suits "$PYTHON" || fail "PYTHON=$PYTHON is not a Python from 3.11 to 3.13"
else
    for PYTHON in python3.13 python3.12 python3.11 python3 python; do
        suits "$PYTHON" && break
        PYTHON=
    done
    [ -n "$PYTHON" ] || fail "no Python from 3.11 to 3.13 on the PATH; install one, or name it: make PYTHON=/path/to/python"
fi

if ! said=$("$PYTHON" -m venv --clear "$venv" 2>&1); then
    rm -rf "$venv"
    fail "$PYTHON cannot make a virtual environment; on Debian and Ubuntu install python3-venv. It said:
$said"
fi
sed -n '/^uv==/,/# via/p' requirements-dev.lock >"$venv/uv.txt"
"$venv/bin/python" -m pip install --quiet --disable-pip-version-check --require-hashes --requirement "$venv/uv.txt"
