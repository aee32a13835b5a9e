#!/bin/sh
# Compare our landmarks with MediaPipe's on films, and write the table into docs/accuracy.md.
# Usage: validation/parity/run.sh [FILM...]   (default: the filmed sets in ../shared/clips)
#
# MediaPipe needs NumPy 1 and 900 MB, so it gets an environment of its own, made on the first run.
# PYTHON names hingewise's interpreter, PARITY_ENV another place for MediaPipe's environment.
set -eu
root=$(cd "$(dirname "$0")/../.." && pwd)
here=$root/validation/parity
build=$root/build/parity
env=${PARITY_ENV:-$build/environment}
python=${PYTHON:-$root/.venv/bin/python}
[ $# -gt 0 ] || set -- "$root"/../shared/clips/*.mp4

if [ ! -x "$env/bin/python" ]; then
    python3 -m venv "$env"
    "$env/bin/python" -m pip install --quiet --requirement "$here/requirements.txt"
fi
"$env/bin/python" "$here/reference.py" --out "$build/reference" "$@"
PYTHONPATH=$root/src:$root/validation/src "$python" "$here/compare.py" \
    --reference "$build/reference" --document "$root/docs/accuracy.md" "$@"
