"""What the sessions of a failed test showed, left for whoever looks for the cause."""

from __future__ import annotations

from typing import TYPE_CHECKING

from gputerm.errors import GLError
from gputerm.testing.written import written

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from gputerm.testing.gallery import Gallery
    from gputerm.testing.session import Session

__all__ = ["leave"]


def leave(sessions: Sequence[Session], folder: Path, test: str, gallery: Gallery | None) -> str:
    """Write text, picture and recording of each into `folder`; what to say of them."""
    said = []
    for number, session in enumerate(sessions, 1):
        stem = folder / f"session{number}"
        stem.with_suffix(".txt").write_text(written(session.terminal), encoding="utf-8")
        stem.with_suffix(".cast").write_text(session.cast(), encoding="utf-8")
        try:
            png = session.png()
        except GLError as error:
            said.append(f"{stem}.txt, .cast (no picture: {error})")
            continue
        stem.with_suffix(".png").write_bytes(png)
        said.append(f"{stem}.txt, .cast, .png")
        if gallery is not None:
            gallery.add(test, f"session {number}", "failed", png)
    return "\n".join(said)
