"""A screen written down for review: its rows, and a line for each run that isn't plain text."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from gputerm.export import dump

if TYPE_CHECKING:
    from collections.abc import Mapping

    from gputerm.vt import Terminal

__all__ = ["written"]

_PLAIN = {"column", "text", "cells", "width"}  #: what a run says that is no look


def written(terminal: Terminal) -> str:
    """The screen; lines and columns count from 0."""
    document = dump.to_json(terminal, history=False)
    cursor = document["cursor"]
    shown = f"line {cursor['line']}, column {cursor['column']}" if cursor["visible"] else "hidden"
    lines = [f"{terminal.columns}×{terminal.lines}, cursor {shown}"]
    rows = dump.to_text(terminal).split("\n")
    lines += [f"│{row}".rstrip() for row in rows]
    for number, row in enumerate(document["screen"]):
        lines += [
            f"{number}:{run['column']} {run['text']!r} {look}"
            for run in row["runs"]
            if (look := _look(run))
        ]
    return "\n".join(lines) + "\n"


def _look(run: Mapping[str, Any]) -> str:
    parts = list(run.get("attributes", ()))
    for name, value in run.items():
        if name not in _PLAIN | {"attributes"}:
            parts.append(f"{name}={value['uri'] if name == 'link' else value}")
    return " ".join(parts)
