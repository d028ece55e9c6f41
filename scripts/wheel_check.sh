#!/bin/sh
# Installs the newest wheel of dist/ into an empty environment, draws a picture with it and tests two
# programs there without a display, far from the checkout: whatever the wheel forgot to pack is
# missing there. Usage: wheel_check.sh PYTHON
set -eu
python=$1
cd "$(dirname "$0")/.."
wheel=$(ls -t "$PWD"/dist/gputerm-*.whl | head -n 1)
scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT
"$python" -m venv "$scratch/venv"
"$scratch/venv/bin/pip" --disable-pip-version-check -q install "$wheel" pytest textual
cp tests/testing/outside_project.py "$scratch/test_programs.py"
cd "$scratch"
unset DISPLAY WAYLAND_DISPLAY
./venv/bin/gputerm --version
./venv/bin/gputerm render --size 40x10 --png picture.png --text screen.txt -e printf 'from a wheel'
grep -q '^from a wheel' screen.txt
test -s picture.png
./venv/bin/python - <<'END'
import os

import gputerm.vt.core.parser
from gputerm import paths

assert gputerm.vt.core.parser.__file__.endswith(".so"), "the core isn't compiled"
for kind in ("shaders", "shells", "fonts", "terminfo"):
    folder = paths.installed(kind)
    assert "site-packages" in folder and os.listdir(folder), folder
END
# Records, passes, and fails readably when something else is expected.
./venv/bin/python -m pytest -q --gputerm-update
./venv/bin/python -m pytest -q --gputerm-report=report.html
grep -q 'greeted: same' report.html
sed -i 's/wait("Hello")/wait("Goodbye", timeout=1)/' test_programs.py
! ./venv/bin/python -m pytest -q --tb=line -k textual > failure.txt
cat failure.txt
grep -q "waited 1 s for 'Goodbye' in vain" failure.txt
echo "$(basename "$wheel") runs from an empty environment"
