"""Writes what Cython made of each compiled module to build/annotate as HTML."""

import tomllib
from pathlib import Path

from Cython.Build import cythonize

ROOT = Path(__file__).resolve().parents[1]


def main() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    modules = project["tool"]["setuptools"]["ext-modules"]
    target = ROOT / "build" / "annotate"
    cythonize(  # type: ignore[no-untyped-call]
        [str(ROOT / source) for module in modules for source in module["sources"]],
        annotate="fullc",
        build_dir=str(target),
        force=True,
        quiet=True,
    )
    for page in sorted(target.rglob("*.html")):
        print(page.relative_to(ROOT))


if __name__ == "__main__":
    main()
