"""The events of `subscribe`, one row each: what they hold beside number, time, window and pane.

What type a member has, results.Event says. An event is published by `App.happened`, or where it has
nothing to do with a window by `Stream.publish`.
"""

from __future__ import annotations

__all__ = ["EVENTS"]

#: By name: the members, and what they mean.
EVENTS: dict[str, tuple[tuple[str, ...], str]] = {
    "window-opened": (("pid", "tty"), "of the window's program"),
    "window-closed": ((), ""),
    "focus": (("focused",), "whether the window has it now"),
    "title": (("title",), ""),
    "bell": ((), "at most ten a second"),
    "cwd": (("host", "path"), "as the shell tells it (OSC 7); the host may be empty"),
    "command-started": (("block", "command"), "OSC 133;C"),
    "command-finished": (
        ("block", "command", "exit_code", "seconds", "focused"),
        "OSC 133;D; `seconds` is null if it never ran, `focused` whether the pane had the keyboard",
    ),
    "resize": (("lines", "columns"), "of the pane"),
    "exit": (("exit_status",), "of the pane's program"),
    "notification": (
        ("title", "body", "id", "urgency"),
        "as a program asks for it (OSC 9, 99, 777)",
    ),
    "config-error": (("message",), "`window` and `pane_id` are null"),
    "failure": (
        ("message",),
        "code of gputerm's own failed; `window` and `pane_id` are null if at no window's work",
    ),
    "audit": (("what", "allowed", "size"), "a program reached out of its cells"),
}
