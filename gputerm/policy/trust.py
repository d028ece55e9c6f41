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
    from gputerm.config import Config


class Trusting:
    """The level of one window.

    Rules look at what it was opened as, because that is nothing that its program can change.
    """

    def __init__(self, said: Trust | None, opened_as: Known, config: Config) -> None:
        self._said = said
        self._opened_as = opened_as
        self.configure(config)

    @property
    def level(self) -> Trust:
        """How far the program is trusted now."""
        return self._said or self._configured

    def say(self, level: Trust) -> None:
        """Somebody chose a level for this window."""
        self._said = level

    def configure(self, config: Config) -> None:
        """Follow another configuration."""
        terminal = config.terminal
        matching = (
            rule.trust
            for rule in terminal.trust_rules
            if rule.match and rule.trust and parse_match(rule.match)(self._opened_as)
        )
        self._configured = Trust(next(matching, terminal.trust).lower())
