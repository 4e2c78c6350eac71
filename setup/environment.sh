#!/bin/sh
# A virtual environment with the locked dependencies, for the first Python here that fits.
set -eu
venv=$1

fits() { "$1" -c 'import sys; sys.exit(not (3, 11) <= sys.version_info[:2] <= (3, 13))' 2>/dev/null; }

if ! { [ -x "$venv/bin/python" ] && fits "$venv/bin/python"; }; then
    python=
    for candidate in ${PYTHON:-} python3 python3.13 python3.12 python3.11; do
        if fits "$candidate"; then python=$candidate; break; fi
    done
    if [ -z "$python" ]; then
        echo "Jejak needs Python 3.11, 3.12 or 3.13, and none was found. Install one (Debian: apt install python3 python3-venv) and try again." >&2
        exit 1
    fi
    echo "Making a virtual environment with $("$python" --version)"
    if ! "$python" -m venv --clear "$venv"; then
        echo "Python's venv module is missing. Debian: apt install python3-venv" >&2
        exit 1
    fi
fi
echo "Installing the locked dependencies (about two minutes the first time)"
"$venv/bin/python" -m pip install -qq --disable-pip-version-check --require-hashes -r requirements.lock
"$venv/bin/python" -m pip install -qq --disable-pip-version-check --no-deps --no-build-isolation --editable .
