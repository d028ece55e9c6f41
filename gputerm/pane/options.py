"""What a pane is configured with; its terminal has options of its own."""

from __future__ import annotations

from gputerm.policy.privileges import Trust
from gputerm.records import Record
from gputerm.view.selection import SEPARATORS


class PaneOptions(Record, kw_only=True):
    """What a pane is configured with."""

    title: str = ""  #: where the program and the user give none
    dynamic_title: bool = True  #: the program may give one
    osc52: str = "OnlyCopy"  #: what of OSC 52 is allowed: Disabled, OnlyCopy, OnlyPaste, CopyPaste
    word_separators: str = SEPARATORS
    cursor_blinks: bool | None = None  #: None: as the program says
    vi_cursor_blinks: bool | None = None  #: that of vi mode; None: as the other one
    blink_interval: float = 0.75  #: seconds
    blink_timeout: float = 5.0  #: seconds after which a cursor stops to blink; 0: never
    flash: float = 0.0  #: seconds for which the bell inverts the picture
    trust: Trust = Trust.DEFAULT  #: where neither the user nor a rule says otherwise
    trust_rules: tuple[tuple[str, Trust], ...] = ()  #: (expression of policy.match, level)
