"""What a terminal was given and when, as an asciicast that `asciinema play` shows.

[docs.asciinema.org, asciicast file format, version 2]
"""

from __future__ import annotations

import codecs
import json
import time

from gputerm.testing.latest import Latest

__all__ = ["MAX_BYTES", "Recording"]

MAX_BYTES = 16 << 20  #: kept, the oldest go


class Recording:
    """The session of a program on a terminal, from its start."""

    def __init__(self, columns: int, lines: int) -> None:
        self._size = columns, lines
        self._started, self._began = time.monotonic(), int(time.time())
        self._events: Latest[tuple[float, str, bytes]] = Latest(MAX_BYTES)

    def wrote(self, data: bytes) -> None:
        """Bytes for the terminal."""
        self._add("o", data)

    def resized(self, columns: int, lines: int) -> None:
        """The terminal has another size from now on."""
        self._add("r", f"{columns}x{lines}".encode())

    def _add(self, kind: str, data: bytes) -> None:
        self._events.add((time.monotonic() - self._started, kind, data), len(data))

    def cast(self, title: str) -> str:
        """The file."""
        columns, lines = self._size
        header = {
            "version": 2,
            "width": columns,
            "height": lines,
            "timestamp": self._began,
            "title": title,
        }
        # A character may be cut in two by a read.
        decode = codecs.getincrementaldecoder("utf-8")("replace").decode
        rows = [
            [round(at, 6), kind, decode(data) if kind == "o" else data.decode()]
            for at, kind, data in self._events
        ]
        return "".join(json.dumps(part, ensure_ascii=False) + "\n" for part in [header, *rows])
