"""Screens and pictures of sessions beside those that were recorded: what the plugin's fixtures do.

Both are recorded and compared at rest. What differs then may still be about to change (a button
that flashes when it is pressed), so it may do so for a while.
"""

from __future__ import annotations

from difflib import unified_diff
from typing import TYPE_CHECKING, Any

from gputerm.errors import GLError
from gputerm.testing.in_vain import SessionError, WaitFailed, boxed, users_mistake
from gputerm.testing.written import written

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from pathlib import Path

    from gputerm.testing.gallery import Gallery
    from gputerm.testing.looking import Area
    from gputerm.testing.session import Session

__tracebackhide__ = users_mistake

__all__ = ["NoPictures", "RecordedScreens"]


class NoPictures(Exception):  # noqa: N818  # no error: pictures are skipped then
    """There is no OpenGL here; the message says why."""


class RecordedScreens:
    """Those of one test."""

    def __init__(
        self, folder: Path, failures: Path, *, update: str, test: str, gallery: Gallery | None
    ) -> None:
        """`folder` has what was recorded; `failures` gets what differs. `update` is the option
        that records anew, "" when it isn't given."""
        self._folder, self._failures = folder, failures
        self._update, self._test, self._gallery = update, test, gallery

    def text(self, session: Session, name: str, *, retry: float) -> None:
        """Compare text, styles and cursor with NAME.txt. Raises SessionError."""
        file = self._folder / f"{name}.txt"
        session.rest()
        if self._records(file):
            file.write_text(written(session.terminal), encoding="utf-8")
            return
        expected = file.read_text(encoding="utf-8")
        if not _becomes(session, lambda: written(session.terminal) == expected, retry):
            actual = written(session.terminal)
            place = self._kept(f"{name}.txt", actual.encode())
            lines = unified_diff(
                expected.splitlines(), actual.splitlines(), "expected", "actual", n=1, lineterm=""
            )
            raise SessionError("\n".join((f"the screen isn't {file.name}; it is {place}", *lines)))

    def picture(
        self, session: Session, name: str, *, tolerance: int, mask: Sequence[Area], retry: float
    ) -> None:
        """Compare the picture with NAME.png. Raises SessionError, NoPictures."""
        from gputerm.render.png import decode_png, encode_png
        from gputerm.testing.golden import beside, compared

        file = self._folder / f"{name}.png"
        session.rest()
        try:
            actual = session.pixels(mask)
        except GLError as error:
            raise NoPictures(str(error)) from None
        if self._records(file):
            # What is the same but for rounding stays: no change for nothing.
            if not file.exists() or compared(decode_png(file.read_bytes()), actual, tolerance):
                file.write_bytes(encode_png(actual))
            self._show(name, "recorded", actual)
            return
        expected = decode_png(file.read_bytes())
        difference: Any = None

        def same() -> bool:
            nonlocal actual, difference
            actual = session.pixels(mask)
            difference = compared(expected, actual, tolerance)
            return difference is None

        if _becomes(session, same, retry):
            self._show(name, "same", actual)
            return
        sheet = beside(difference.parts)
        self._kept(f"{name}.png", encode_png(actual))
        place = self._kept(f"{name}.difference.png", encode_png(sheet))
        self._show(name, "differs", sheet, difference.why)
        raise SessionError(
            f"the picture isn't {file.name}: {difference.why}\n"
            f"expected | actual | difference: {place}\n{boxed(session.terminal, name)}"
        )

    def _records(self, file: Path) -> bool:
        if self._update:
            file.parent.mkdir(parents=True, exist_ok=True)
        elif not file.exists():
            raise SessionError(f"{file} was never recorded: pytest --gputerm-update")
        return bool(self._update)

    def _kept(self, name: str, data: bytes) -> Path:
        place = self._failures / name
        place.parent.mkdir(parents=True, exist_ok=True)
        place.write_bytes(data)
        return place

    def _show(self, name: str, outcome: str, picture: Any, text: str = "") -> None:
        if self._gallery is not None:
            from gputerm.render.png import encode_png

            self._gallery.add(self._test, name, outcome, encode_png(picture), text)


def _becomes(session: Session, condition: Callable[[], bool], seconds: float) -> bool:
    """Whether that is so, or becomes so in time."""
    try:
        session.wait(lambda _: condition(), timeout=seconds)
    except WaitFailed:
        return False
    return True
