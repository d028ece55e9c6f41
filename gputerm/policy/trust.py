"""How far a window's program is trusted: who decides.

    msg set-trust, create-window --trust, the action Distrust
    else the first of terminal.trust_rules that matches the window as it was opened
    else terminal.trust

What each level means is in privileges.py.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from gputerm.policy.match import Known, parse_match
from gputerm.policy.privileges import Trust

if TYPE_CHECKING:
    from collections.abc import Iterable


class Trusting:
    """The level of one pane.

    Rules look at what it was opened as, because that is nothing that its program can change.
    """

    def __init__(self, said: Trust | None, opened_as: Known) -> None:
        self._said = said
        self._opened_as = opened_as
        self._configured = Trust.DEFAULT

    @property
    def level(self) -> Trust:
        """How far the program is trusted now."""
        return self._said or self._configured

    def say(self, level: Trust) -> None:
        """Somebody chose a level for this window."""
        self._said = level

    def configure(self, rules: Iterable[tuple[str, Trust]], otherwise: Trust) -> None:
        """The level of the first rule, (expression, level), that matches, else `otherwise`."""
        matching = (level for match, level in rules if parse_match(match)(self._opened_as))
        self._configured = next(matching, otherwise)
