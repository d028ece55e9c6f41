"""Writes all files that are made of tables in the code: python -m gputerm.tools.generate [UCD]

`make gen` runs this. UCD is a directory laid out like the published Unicode Character Database, or
"fetch"; without it the table of widths, which is made of that, stays as it is. A new generator is a
module with a function `page` and a line in PAGES.
"""

from __future__ import annotations

import sys
from importlib import import_module
from pathlib import Path

from gputerm.ipc.commands import COMMANDS
from gputerm.tools import write_widths
from gputerm.tools.check_rows import complaints

__all__ = ["PAGES", "ROOT", "page", "stale"]

ROOT = Path(__file__).resolve().parents[2]

#: By file: the module here whose `page` is its text.
PAGES = {
    "docs/configuration.md": "write_configuration",
    "docs/finding.md": "write_finding",
    "docs/ipc.md": "write_ipc",
    "docs/sequences.md": "write_sequences",
    "gputerm/ipc/client/calls.py": "write_calls",
}
WIDTHS = "gputerm/vt/core/width_table.py"


def page(path: str) -> str:
    """What a generated file says if it is up to date."""
    text: str = import_module(f"gputerm.tools.{PAGES[path]}").page()
    return text


def stale() -> list[str]:
    """The files that `make gen` would change."""
    return [path for path in PAGES if (ROOT / path).read_text(encoding="utf-8") != page(path)]


def main(arguments: list[str]) -> int:
    missing = [one for command in COMMANDS for one in complaints(command)]
    if missing:
        print("\n".join(missing), file=sys.stderr)
        return 1
    texts = {path: page(path) for path in stale()}
    if arguments:
        texts[WIDTHS] = write_widths.page(arguments[0])
    for path, text in texts.items():
        (ROOT / path).write_text(text, encoding="utf-8")
        print(f"wrote {path}")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
