#!/bin/sh
# Makes what the Makefile's targets stand on, from nothing but Python and make.
#
#   bootstrap.sh environment   .venv with the pinned dependencies and this project
#   bootstrap.sh browser       a Chromium for the tests that drive one
#   bootstrap.sh federation    the certified OpenID provider and client that tests talk to
#   bootstrap.sh pins [--upgrade]   requirements*.txt compiled anew from pyproject.toml
#
# What is missing is installed when we are root on Debian or Ubuntu, and asked for in one plain
# sentence otherwise.
set -eu
cd "$(dirname "$0")/.."

say() { printf '%s\n' "$*" >&2; }
fail() { say "$*"; exit 1; }

# Installs Debian packages; false when this is not ours to do or does not work.
install_packages() {
    [ "$(id -u)" -eq 0 ] && command -v apt-get >/dev/null || return 1
    say "Installing $* ..."
    export DEBIAN_FRONTEND=noninteractive
    set -- -q -y --no-install-recommends -o DPkg::Lock::Timeout=300 "$@"
    log=$(mktemp)
    if { apt-get -q update && apt-get install "$@"; } </dev/null >"$log" 2>&1; then
        rm -f "$log"
    else
        tail -n 5 "$log" >&2
        rm -f "$log"
        return 1
    fi
}

fits() { "$1" -c 'import sys; sys.exit(not (3, 11) <= sys.version_info[:2] < (3, 14))'; }
makes_environments() { "$1" -c 'import ensurepip, venv'; }

# Prints the first Python from PATH that passes a check. Each one is run: the shims of version
# managers are there for versions that are not.
find_python() {
    for name in python3.13 python3.12 python3.11 python3; do
        IFS=:
        for folder in $PATH; do
            python="${folder:-.}/$name"
            if [ -x "$python" ] && { fits "$python" && "$1" "$python"; } >/dev/null 2>&1; then
                printf '%s\n' "$python"
                return
            fi
        done
        unset IFS
    done
    unset IFS
    return 1
}

choose_python() {
    find_python makes_environments && return
    python=$(find_python true) ||
        fail "Python 3.11, 3.12 or 3.13 is needed: please ask your administrator to install it."
    package="python$("$python" -c 'import sys; print("%d.%d" % sys.version_info[:2])')-venv"
    install_packages "$package" && find_python makes_environments && return
    fail "$python cannot make environments: please ask your administrator to install $package."
}

# Whether .venv runs and was made here: one that was copied still names its old place.
environment_works() {
    grep -qF "$(pwd -P)/.venv" .venv/bin/activate && fits .venv/bin/python &&
        .venv/bin/python -m pip --version
}

environment() {
    # Dates of files say little after a clone or a copy, so the stamp holds what it was made from.
    made_from=$(pwd -P && cat requirements-dev.txt pyproject.toml | cksum)
    stamp=.venv/.made-from
    [ "$(cat "$stamp" 2>/dev/null)" != "$made_from" ] || ! fits .venv/bin/python || return 0
    rm -f "$stamp"
    if ! environment_works >/dev/null 2>&1; then
        python=$(choose_python)
        say "Making .venv with $python ..."
        "$python" -m venv --clear .venv
    fi
    say "Installing the pinned dependencies (a minute or two) ..."
    pip install --require-hashes -r requirements-dev.txt
    pip install --no-deps --no-build-isolation -e .
    printf '%s\n' "$made_from" >"$stamp"
}

pip() {
    .venv/bin/python -m pip --disable-pip-version-check --no-input -qq "$@" </dev/null ||
        fail "The dependencies could not be installed; the lines above say why."
}

has_browser() {
    for name in chromium chromium-browser google-chrome; do
        "$name" --version </dev/null >/dev/null 2>&1 && return
    done
    return 1
}

browser() {
    has_browser || { install_packages chromium && has_browser; } && return
    missing="No Chromium: please ask your administrator to install the package chromium"
    [ "${CI:-}" != true ] || fail "$missing."
    say "$missing; without it the tests that drive a browser are skipped."
}

has_node() {
    node -e 'process.exit(parseInt(process.versions.node) < 18 ? 1 : 0)' && npm --version
}

federation() {
    folder=tests/federation
    made_from=$(cksum <"$folder/package-lock.json")
    stamp=$folder/node_modules/.made-from
    [ "$(cat "$stamp" 2>/dev/null)" != "$made_from" ] || return 0
    has_node >/dev/null 2>&1 || { install_packages nodejs npm && has_node >/dev/null 2>&1; } || {
        missing="No Node 18 or newer: please ask your administrator to install nodejs and npm"
        [ "${CI:-}" != true ] || fail "$missing."
        say "$missing; without it the tests against certified programs are skipped."
        return 0
    }
    say "Installing the certified OpenID provider and client ..."
    (cd "$folder" && npm ci --no-audit --no-fund --ignore-scripts --loglevel=error) </dev/null >&2 ||
        fail "The packages of $folder could not be installed; the lines above say why."
    printf '%s\n' "$made_from" >"$stamp"
}

# The compiler lives for this one run: it is no part of the project.
pins() {
    folder=$(mktemp -d)
    trap 'rm -rf "$folder"' EXIT
    .venv/bin/python -m venv "$folder/venv"
    "$folder/venv/bin/pip" --disable-pip-version-check -q install uv
    upgrade=${1:-}
    compile() {
        "$folder/venv/bin/uv" pip compile --universal --python-version 3.11 --generate-hashes \
            --no-header --no-emit-index-url -q pyproject.toml $upgrade "$@"
    }
    compile -o requirements.txt
    compile --extra dev -c requirements.txt -o requirements-dev.txt
}

case "${1:-}" in
environment | browser | federation | pins) "$@" ;;
*) fail "usage: bootstrap.sh environment | browser | federation | pins" ;;
esac
