"""What the user pastes or drops: given to the program, or shown to the user first.

The configuration's `paste.confirm` says who is asked at all; input/paste_risks.py, what speaks
against a paste. Until it is answered, what else is for the program waits behind it, as behind a
text that its owner hasn't sent yet.
"""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Protocol

from gputerm.input.paste_risks import PasteRisks, paste_risks, tamed
from gputerm.view.question import Choice, Question

if TYPE_CHECKING:
    from gputerm.config import Config
    from gputerm.pane.pane import Pane
    from gputerm.pane.typing import Paste
    from gputerm.view.question import Questions

_STUCK = "the program in the window doesn't read what is pasted"

_WHOLE, _TAMED, _DROPPED = "y", "o", "n"  # keys of the answers


class PastingWindow(Protocol):
    """The window that is pasted into: it asks, and says what goes wrong."""

    @property
    def config(self) -> Config: ...
    @property
    def pane(self) -> Pane: ...
    @property
    def questions(self) -> Questions: ...
    def advise(self, message: str) -> None: ...


def offer(window: PastingWindow, paste: Paste, text: str) -> None:
    """Paste `text`, for which `paste` has kept a place, as soon as nothing speaks against it."""
    pane, confirm = window.pane, window.config.paste.confirm
    bracketed = pane.terminal.bracketed_paste
    risks = paste_risks(text, bracketed=bracketed)
    asks = confirm == "Always" or (confirm == "Unsafe" and bool(risks))
    if not (asks and text) or pane.exit_status is not None:
        _send(window, pane, paste, text)
        return
    answered = partial(_answered, window, pane, paste, text, bracketed)
    window.questions.ask(Question(_sentence(text, risks), _choices(risks), answered, text))


def _answered(
    window: PastingWindow, pane: Pane, paste: Paste, text: str, bracketed: bool, key: str
) -> None:
    """The user has chosen. The paste may have been called off meanwhile, by the pane's end."""
    now = pane.terminal.bracketed_paste
    if not paste.wanted:
        return
    if key == _DROPPED:
        pane.typing.drop_paste(paste)
    elif key == _TAMED:
        _send(window, pane, paste, tamed(text, bracketed=now))
    elif bracketed and not now:
        offer(window, paste, text)  # It can do more now than when the user was asked.
    else:
        _send(window, pane, paste, text)


def _send(window: PastingWindow, pane: Pane, paste: Paste, text: str) -> None:
    if paste.wanted and not pane.typing.paste_came(paste, text):
        window.advise(_STUCK)


def _choices(risks: PasteRisks) -> tuple[Choice, ...]:
    tame: tuple[Choice, ...] = ()
    if not risks.large:
        if risks.line_ends:
            tame = (Choice(_TAMED, "As one line"),)
        elif risks.hidden or risks.reordering:
            tame = (Choice(_TAMED, "Only what is seen"),)
    return Choice(_WHOLE, "Paste"), *tame, Choice(_DROPPED, "Don't paste")


def _sentence(text: str, risks: PasteRisks) -> str:
    """What is asked, and why."""
    lines = text.count("\n") + (not text.endswith("\n"))
    size = _count(lines, "line") if lines > 1 else _count(len(text), "character")
    counted = (
        ("control characters", risks.controls),
        ("reordering characters", risks.reordering),
        ("invisible characters", risks.hidden),
    )
    reasons = ["Line ends act as the Enter key here"] if risks.line_ends else []
    reasons += [f"{what}: {count:,}" + "+" * risks.large for what, count in counted if count]
    return f"Paste {size}? {'; '.join(reasons)}".rstrip()


def _count(number: int, what: str) -> str:
    return f"{number:,} {what}{'s' * (number != 1)}"
