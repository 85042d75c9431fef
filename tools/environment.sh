#!/bin/sh
# Makes a virtual environment with Python 3.11 or newer.
#
#   sh tools/environment.sh FOLDER [PYTHON]
#
# Takes PYTHON where it is given, else the first fitting one of the usual names. Says in one message
# what is missing where there is none.
set -eu

folder=$1
wanted=${2:-}
fits='import sys; sys.exit(sys.version_info < (3, 11))'

for name in ${wanted:-python3 python3.11 python3.12 python3.13 python3.14 python}; do
    if command -v "$name" >/dev/null 2>&1 && "$name" -c "$fits" >/dev/null 2>&1; then
        python=$name
        break
    fi
done

if [ -z "${python:-}" ]; then
    if [ -n "$wanted" ]; then
        echo "$wanted is not a Python 3.11 or newer. Name another one: make PYTHON=/path/to/python3.11" >&2
    else
        echo "Python 3.11 or newer is needed and was not found." >&2
        echo "Install it (Debian, Ubuntu: apt-get install python3 python3-venv), or say where it is:" >&2
        echo "make PYTHON=/path/to/python3.11" >&2
    fi
    exit 1
fi

if ! "$python" -c 'import ensurepip, venv' >/dev/null 2>&1; then
    version=$("$python" -c 'import sys; print("%d.%d" % sys.version_info[:2])')
    echo "This Python $version cannot make virtual environments: its part 'venv' is not installed." >&2
    echo "Debian, Ubuntu: apt-get install python$version-venv" >&2
    exit 1
fi

echo "Making an environment in $folder with $("$python" --version)"
exec "$python" -m venv --clear "$folder"
