"""The configured hints, in the words of view and input."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal, TypeAlias

from gputerm.input.bindings import MOD_NAMES, RunCommand
from gputerm.input.keys import Mods
from gputerm.view.hints import Hint

if TYPE_CHECKING:
    from gputerm.config import Config

#: What is done with what a hint finds.
HintAction: TypeAlias = Literal["Open", "Copy", "Paste", "Select", "MoveViModeCursor"] | RunCommand


def hints_of(config: Config) -> tuple[Hint, ...]:
    """What is looked for on the screen."""
    hints = []
    for table in config.hints.shown:
        mouse = None
        if table.mouse is not None and table.mouse.enabled:
            mouse = Mods.NONE
            for word in table.mouse.mods:
                mouse |= MOD_NAMES[word.lower()]
        does: HintAction
        if table.command is not None:
            does = RunCommand(table.command.program, table.command.args)
        else:
            assert table.action is not None
            does = table.action
        hints.append(
            Hint(
                does=does,
                regex=table.regex,
                hyperlinks=table.hyperlinks,
                trim=table.post_processing,
                persist=table.persist,
                mouse=mouse,
            )
        )
    return tuple(hints)
