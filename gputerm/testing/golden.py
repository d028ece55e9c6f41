"""Pictures compared with recorded ones.

Golden pictures are to be the same on every machine: drawn with bundled fonts by Mesa in software.
What its versions round differently is what `tolerance` is for.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, TypeAlias

import numpy as np

from gputerm.records import Record

if TYPE_CHECKING:
    from collections.abc import Sequence

__all__ = ["Difference", "beside", "compared"]

Array: TypeAlias = np.ndarray[Any, Any]

_GAP = 8  #: pixels between pictures that stand side by side


class Difference(Record):
    """How a picture differs from the one that was expected."""

    why: str
    parts: Sequence[Array]  #: expected, actual and, if both are of one size, where they differ


def compared(expected: Array, actual: Array, tolerance: int) -> Difference | None:
    """How uint8[height, width, 3 or 4] differ; None when no channel of no pixel does by more than
    `tolerance`."""
    if expected.shape != actual.shape:
        sizes = [f"{shape[1]}×{shape[0]}" for shape in (actual.shape, expected.shape)]
        return Difference(f"it has {sizes[0]} pixels instead of {sizes[1]}", (expected, actual))
    away = np.abs(expected.astype(np.int16) - actual)
    wrong = away.max(axis=2) > tolerance
    if not wrong.any():
        return None
    rows, columns = np.nonzero(wrong)
    why = (
        f"{len(rows)} of {wrong.size} pixels differ,"
        f" in {columns.min()}…{columns.max()} × {rows.min()}…{rows.max()}"
    )
    shown = np.minimum(away * 4, 255).astype(np.uint8)
    shown[..., 3:] = 255
    return Difference(why, (expected, actual, shown))


def beside(pictures: Sequence[Array]) -> Array:
    """Pictures next to each other on white."""
    height = max(picture.shape[0] for picture in pictures)
    width = sum(picture.shape[1] + _GAP for picture in pictures) - _GAP
    out = np.full((height, width, 4), 255, np.uint8)
    x = 0
    for picture in pictures:
        out[: picture.shape[0], x : x + picture.shape[1], : picture.shape[2]] = picture
        x += picture.shape[1] + _GAP
    return out
