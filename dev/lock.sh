#!/bin/sh
# Compiles pyproject.toml's ranges to exact versions with hashes, for every platform and Python that is supported.
#   lock.sh renew   writes requirements.lock and requirements-dev.lock (UPGRADE=1: to the newest versions)
#   lock.sh check   tells whether they still agree with pyproject.toml; newer releases do not disturb it
set -eu
uv=${UV:-.venv/bin/uv}

compile() { # output file, further options …
    output=$1
    shift
    "$uv" pip compile pyproject.toml --quiet --universal --python .venv/bin/python --python-version 3.11 \
        --no-emit-index-url --no-emit-find-links --custom-compile-command 'make lock' --constraint dev/constraints.txt \
        --output-file "$output" "$@" >/dev/null
}

compile_both() { # folder, further options …
    folder=$1
    shift
    compile "$folder/requirements.lock" "$@"
    compile "$folder/requirements-dev.lock" --group dev --constraint requirements.lock "$@"
}

without_hashes() {
    sed -e '/^ *--hash=/d' -e 's/ \\$//' "$1"
}

check() {
    compared=$(mktemp -d)
    trap 'rm -rf "$compared"' EXIT
    # What is locked now is what uv prefers, so only a range that has changed changes the result. Hashes are left out:
    # a wheel added to an old release is no change of ours.
    cp requirements.lock requirements-dev.lock "$compared"
    compile_both "$compared" || compile_both "$compared" --offline || {
        echo 'error: cannot compile: neither a package index nor a cache of it can be reached' >&2
        exit 2
    }
    for lock in requirements.lock requirements-dev.lock; do
        without_hashes "$lock" >"$compared/locked"
        if ! diff -u "$compared/locked" "$compared/$lock"; then
            echo "error: $lock does not agree with pyproject.toml; run 'make lock' and commit the result" >&2
            exit 1
        fi
    done
    echo 'The lock files agree with pyproject.toml.'
}

case ${1:-} in
renew) compile_both . --generate-hashes ${UPGRADE:+--upgrade} ;;
check) check ;;
*)
    echo 'usage: lock.sh renew|check' >&2
    exit 2
    ;;
esac
