"""Runs tests with the oldest and with the newest libraries that pyproject.toml allows.

python scripts/versions.py [PYTEST ARGUMENTS]

Each gets an environment of its own in build/versions, which is used again by the next run; the
compiled core is the checkout's. Called by `make test-versions`, and no part of `make test`: it
installs from the package index.
"""

import subprocess
import sys
import sysconfig
import tomllib
import venv
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
ENVIRONMENTS = ROOT / "build" / "versions"

#: What imports a library of ours, or shows that one works.
TESTS = (
    *("tests/test_libraries.py", "tests/test_rendered.py", "tests/text", "tests/render"),
    *(
        "tests/host",
        "tests/finding/test_patterns.py",
        "tests/app/test_screen.py",
        "tests/app/test_clipboard.py",
    ),
)


def lowest(requirement: str) -> str:
    """ "numpy>=1.26" → "numpy==1.26", which also is 1.26.0."""
    name, at_least, version = requirement.partition(">=")
    if not at_least:
        raise SystemExit(f"pyproject.toml: say the lowest version of {name}: {name}>=…")
    return f"{name}=={version}"


def environment(name: str, requirements: list[str]) -> Path:
    """The Python of an environment that has exactly these."""
    folder = ENVIRONMENTS / name
    python = folder / "bin" / "python"
    if not python.exists():
        venv.create(folder, with_pip=True)
    pip = [str(python), "-m", "pip", "--disable-pip-version-check", "-q", "install", "--upgrade"]
    subprocess.run([*pip, *requirements], check=True)
    libraries = sysconfig.get_path("purelib", vars={"base": str(folder)})
    Path(libraries, "gputerm.pth").write_text(f"{ROOT}\n", encoding="utf-8")
    return python


def main() -> int:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    libraries = project["dependencies"]
    tools = ["pytest", "hypothesis", "pyte"]
    failed = 0
    for name, chosen in (("lowest", list(map(lowest, libraries))), ("newest", libraries)):
        python = environment(name, [*chosen, *tools])
        frozen = subprocess.run(
            [python, "-m", "pip", "freeze"], capture_output=True, text=True, check=True
        ).stdout.split("\n")
        names = {library.partition(">=")[0].lower() for library in libraries}
        used = [line for line in frozen if line.partition("==")[0].lower() in names]
        print(f"{name}: {', '.join(used)}", flush=True)
        tests = sys.argv[1:] or list(TESTS)
        failed |= subprocess.run([python, "-m", "pytest", "-q", *tests], cwd=ROOT).returncode
    return failed


if __name__ == "__main__":
    sys.exit(main())
