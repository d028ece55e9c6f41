"""What to say about a name that isn't one: moved, Alacritty's, misspelt, or simply unknown."""

from __future__ import annotations

from gputerm.config.problem import dotted
from gputerm.errors import did_you_mean

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

NOT_YET = "known to Alacritty, not supported yet"

#: Places where older versions of Alacritty had the keys, and where load.py puts them.
MOVED = {
    "draw_bold_text_with_bright_colors": "colors.draw_bold_text_with_bright_colors",
    "import": "general.import",
    "ipc_socket": "general.ipc_socket",
    "key_bindings": "keyboard.bindings",
    "live_config_reload": "general.live_config_reload",
    "mouse_bindings": "mouse.bindings",
    "shell": "terminal.shell",
    "working_directory": "general.working_directory",
}


#: Actions of Alacritty 0.17 that can't be bound here, in lower case.
ACTIONS_NOT_SUPPORTED_YET = frozenset([
    "createnewtab", "hide", "hideotherapplications", "selectlasttab", "selectnexttab",
    "selectprevioustab", "selecttab1", "selecttab2", "selecttab3", "selecttab4", "selecttab5",
    "selecttab6", "selecttab7", "selecttab8", "selecttab9", "togglesimplefullscreen",
])  # fmt: skip


def advice(path: Sequence[str | int], keys: Iterable[str]) -> str:
    """What to say about the last part of `path`, which is none of the table's `keys`."""
    name = dotted(path)
    if name in MOVED:
        return f"write {MOVED[name]} instead"
    return f"unknown key{did_you_mean(str(path[-1]), keys)}"
