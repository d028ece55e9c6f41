"""What to say about a key that isn't one: moved, Alacritty's, misspelt, or simply unknown."""

from __future__ import annotations

import difflib

from gputerm.config.problem import dotted
from gputerm.config.table import Table

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Sequence

#: Keys of Alacritty 0.17 without an effect here; a table stands for all its keys.
NOT_SUPPORTED_YET = (
    "bell.animation",
    "bell.color",
    "bell.command",
    "colors.footer_bar",
    "colors.hints",
    "colors.line_indicator",
    "colors.search",
    "colors.vi_mode_cursor",
    "cursor.vi_mode_style",
    "debug",
    "general.live_config_reload",
    "hints",
    "mouse.bindings",
    "window.blur",
    "window.decorations_theme_variant",
    "window.level",
    "window.option_as_alt",
    "window.resize_increments",
)

#: Places where older versions of Alacritty had the keys, and where they are now.
MOVED = {
    "draw_bold_text_with_bright_colors": "colors.draw_bold_text_with_bright_colors",
    "import": "general.import",
    "ipc_socket": "general.ipc_socket",
    "key_bindings": "keyboard.bindings",
    "shell": "terminal.shell",
    "working_directory": "general.working_directory",
}


def advice(cls: type[Table], path: Sequence[str | int]) -> str:
    """What to say about the last part of `path`, which is no key of the table `cls`."""
    name = dotted(path)
    if name in NOT_SUPPORTED_YET:
        return "known to Alacritty, not supported yet"
    if name in MOVED:
        return f"write {MOVED[name]} instead"
    similar = difflib.get_close_matches(str(path[-1]), cls.settings, n=1)
    return f"unknown key, did you mean {similar[0]}?" if similar else "unknown key"
