"""All pictures of a run of tests in one HTML file that needs no other.

Each process of the run leaves its pictures in one folder; whoever started the run binds them. So
nothing is lost when a process ends early, and none has to hold pictures in memory.
"""

from __future__ import annotations

import base64
import json
import os
import shutil
from html import escape
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

__all__ = ["Gallery", "bind"]

_HEAD = """<!doctype html>
<meta charset="utf-8">
<title>gputerm: pictures</title>
<style>
body { font: 15px/1.4 sans-serif; margin: 2em; background: #eee; color: #222 }
section { margin: 0 0 2em } h2 { font-size: 1em; margin: 0 0 .3em } img { max-width: 100% }
.differs h2, .failed h2 { color: #b00 } pre { white-space: pre-wrap }
</style>
"""


class Gallery:
    """Where one process leaves its pictures."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._count = 0

    def add(self, test: str, name: str, outcome: str, png: bytes, text: str = "") -> None:
        """A picture of a test. `outcome`: same, recorded, differs, failed."""
        self._folder.mkdir(parents=True, exist_ok=True)
        self._count += 1
        stem = self._folder / f"{os.getpid()}-{self._count:06}"
        stem.with_suffix(".png").write_bytes(png)
        facts = {"test": test, "name": name, "outcome": outcome, "text": text}
        # Last, and whole or not at all: what has no facts isn't bound.
        unfinished = stem.with_suffix(".part")
        unfinished.write_text(json.dumps(facts), encoding="utf-8")
        unfinished.rename(stem.with_suffix(".json"))


def bind(folder: Path, report: Path) -> int:
    """Make one file of a folder, and remove that; how many pictures there were."""
    count = 0
    report.parent.mkdir(parents=True, exist_ok=True)
    with report.open("w", encoding="utf-8") as out:
        out.write(_HEAD)
        for facts, png in _entries(folder):
            count += 1
            title = escape(f"{facts['test']} · {facts['name']}: {facts['outcome']}")
            out.write(f'<section class="{facts["outcome"]}"><h2>{title}</h2>\n')
            if facts["text"]:
                out.write(f"<pre>{escape(facts['text'])}</pre>\n")
            data = base64.b64encode(png).decode()
            out.write(f'<img alt="{title}" src="data:image/png;base64,{data}"></section>\n')
        out.write(f"<p>{count} pictures</p>\n")
    shutil.rmtree(folder, ignore_errors=True)
    return count


def _entries(folder: Path) -> Iterator[tuple[dict[str, Any], bytes]]:
    """Those that went wrong first, then by test."""
    found = [
        (json.loads(file.read_text(encoding="utf-8")), file)
        for file in sorted(folder.glob("*.json"))
    ]
    found.sort(key=lambda pair: (pair[0]["outcome"] not in ("differs", "failed"), pair[0]["test"]))
    for facts, file in found:
        yield facts, file.with_suffix(".png").read_bytes()
