#!/usr/bin/env bash
# Runs once, when Gradescope builds the autograder's image: Python of the version that the autograder was exported
# with, and the packages in the versions that it had there.
set -euo pipefail

source="$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)"
base="$(dirname "$source")"

apt-get update
apt-get install --yes --no-install-recommends ca-certificates python3-venv
python3 -m venv "$base/tools"
"$base/tools/bin/pip" install uv

# Below the autograder's folder, since the user that student code runs as may not look into root's.
export UV_PYTHON_INSTALL_DIR="$base/python"
"$base/tools/bin/uv" venv --python "$(cat "$source/python-version")" "$base/venv"
"$base/tools/bin/uv" pip install --python "$base/venv/bin/python" --requirement "$source/requirements.txt"

# The user that student code runs as reads the machine and its packages, never the solutions.
chmod -R go+rX "$source/machine" "$base/venv"
chmod -R go-rwx "$source/solutions"
