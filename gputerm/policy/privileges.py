"""What a program in a window may do to the world around it, by how far its window is trusted.

One row for each privilege; docs/ipc.md shows the table and a test walks its cells. Who chooses the
level, policy/trust.py says: an untrusted window is one for a remote shell or for output of unknown
origin. What stays within the cells is free to all: colours, palette, the pointer's shape, marks.
"""

from __future__ import annotations

from enum import Enum


class Trust(Enum):
    """How far a window's program is trusted."""

    TRUSTED = "trusted"
    DEFAULT = "default"
    UNTRUSTED = "untrusted"


class Grant(Enum):
    """What a cell of the table says."""

    YES = "yes"
    NO = "no"
    OSC52 = "as terminal.osc52 says"
    OSC52_FOCUSED = "as terminal.osc52 says, in the focused window"


class Privilege(Enum):
    """Something that reaches beyond a window's cells."""

    TITLE = "title"  #: OSC 0, 1, 2
    CLIPBOARD_WRITE = "clipboard-write"  #: OSC 52
    CLIPBOARD_READ = "clipboard-read"  #: OSC 52 with "?"
    NOTIFICATION = "notification"  #: OSC 9, 99, 777
    ATTENTION = "attention"  #: a bell that marks a window without the focus
    RESIZE = "resize"  #: XTWINOPS, DECCOLM and the like
    LINK = "link"  #: OSC 8: a click of the user gives the address to the desktop
    CWD = "cwd"  #: scripts hear of OSC 7; windows and programs start where the program is
    WINDOW_REPORT = "window-report"  #: CSI 11, 13, 15, 19 t: state, position and the display's size


GRANTS: dict[Privilege, dict[Trust, Grant]] = {
    privilege: dict(zip(Trust, grants, strict=True))
    for privilege, *grants in (
        (Privilege.TITLE, Grant.YES, Grant.YES, Grant.NO),
        (Privilege.CLIPBOARD_WRITE, Grant.OSC52, Grant.OSC52_FOCUSED, Grant.NO),
        (Privilege.CLIPBOARD_READ, Grant.OSC52, Grant.OSC52_FOCUSED, Grant.NO),
        (Privilege.NOTIFICATION, Grant.YES, Grant.YES, Grant.NO),
        (Privilege.ATTENTION, Grant.YES, Grant.YES, Grant.NO),
        (Privilege.RESIZE, Grant.YES, Grant.YES, Grant.NO),
        (Privilege.LINK, Grant.YES, Grant.YES, Grant.NO),
        (Privilege.CWD, Grant.YES, Grant.YES, Grant.NO),
        (Privilege.WINDOW_REPORT, Grant.YES, Grant.YES, Grant.NO),
    )
}


def allows(trust: Trust, privilege: Privilege, *, osc52: str, focused: bool) -> bool:
    """Whether a program may do it now; `osc52` is the value of terminal.osc52."""
    wanted = "OnlyPaste" if privilege is Privilege.CLIPBOARD_READ else "OnlyCopy"
    configured = osc52 in (wanted, "CopyPaste")
    match GRANTS[privilege][trust]:
        case Grant.YES:
            return True
        case Grant.NO:
            return False
        case Grant.OSC52:
            return configured
        case Grant.OSC52_FOCUSED:
            return configured and focused
