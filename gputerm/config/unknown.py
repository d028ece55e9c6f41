"""What to say about a name that isn't one: moved, Alacritty's, misspelt, or simply unknown."""

from __future__ import annotations

from gputerm.config.problem import dotted
from gputerm.errors import did_you_mean

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

NOT_YET = "known to Alacritty, not supported yet"

#: Keys of Alacritty 0.17 without an effect here; a table stands for all its keys.
NOT_SUPPORTED_YET = (
    "colors.hints",
    "colors.line_indicator",
    "colors.vi_mode_cursor",
    "cursor.vi_mode_style",
    "hints",
)

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
    "bracket", "centeraroundvicursor", "createnewtab", "down", "first",
    "firstoccupied", "hide", "hideotherapplications", "high", "inlinesearchbackward",
    "inlinesearchbackwardshort", "inlinesearchforward", "inlinesearchforwardshort",
    "inlinesearchnext", "inlinesearchprevious", "last", "left", "low", "middle", "open",
    "paragraphdown", "paragraphup", "right", "searchend",
    "searchnext", "searchprevious", "searchstart", "selectlasttab",
    "selectnexttab", "selectprevioustab", "selecttab1",
    "selecttab2", "selecttab3", "selecttab4", "selecttab5", "selecttab6", "selecttab7",
    "selecttab8", "selecttab9", "semanticleft", "semanticleftend", "semanticright",
    "semanticrightend", "semanticsearchbackward", "semanticsearchforward", "toggleblockselection",
    "togglelineselection", "togglenormalselection", "togglesemanticselection",
    "togglesimplefullscreen", "togglevimode", "up", "wordleft", "wordleftend", "wordright",
    "wordrightend",
])  # fmt: skip


def advice(path: Sequence[str | int], keys: Iterable[str]) -> str:
    """What to say about the last part of `path`, which is none of the table's `keys`."""
    name = dotted(path)
    if name in NOT_SUPPORTED_YET:
        return NOT_YET
    if name in MOVED:
        return f"write {MOVED[name]} instead"
    return f"unknown key{did_you_mean(str(path[-1]), keys)}"
