"""The events of `subscribe`: their names, and what they say beside number, time and window."""

from __future__ import annotations

__all__ = ["EVENTS"]

EVENTS = {
    "window-opened": "`pid`, `tty`",
    "window-closed": "",
    "focus": "`focused`: whether the window has it now",
    "title": "`title`",
    "bell": "at most ten a second",
    "cwd": "`host` (may be empty), `path`, as the shell tells it (OSC 7)",
    "command-started": "`block`, `command` (OSC 133;C)",
    "command-finished": "`block`, `command`, `exit_code` (OSC 133;D)",
    "resize": "`lines`, `columns`",
    "exit": "`exit_status` of the window's program",
    "notification": "`title`, `body`, `id`, `urgency`, as a program asks for it (OSC 9, 99, 777)",
    "config-error": "`message`; `window` is null",
    "failure": "`message`: code of gputerm's own failed; `window` is null if at no window's work",
    "audit": "`what`, `allowed`, `size`: a program reached out of its cells",
}
