"""Writes docs/sequences.md, the page of control sequences, for `make gen`.

Every row comes from the tables that also dispatch; a test keeps the page and the tables together.
"""

from collections.abc import Iterable

from gputerm.vt.charset import CHARSETS
from gputerm.vt.functions.catalogue import FUNCTIONS, Function
from gputerm.vt.functions.osc import OSC_COMMANDS
from gputerm.vt.modes import MODES, Mode

INTRODUCTION = """\
<!-- Made by `make gen` of the tables in gputerm/vt. Edit those. -->

# Control sequences

What gputerm understands: a VT520 (DA1 answers 65) without a printer, locator, windows and pages,
with xterm's additions and the protocols of later terminals. Anything else is ignored.

`CSI` is `ESC [`, `OSC` is `ESC ]`, `DCS` is `ESC P`, `ST` is `ESC \\`. C1 controls of one byte are
known only while text isn't UTF-8 (`ESC % @`). In UTF-8 the characters U+0080 to U+009F are nothing,
in a string they are part of it, and S8C1T changes what is sent, not what is read. Examples show
parameters to try.
"""

_HEADINGS = {
    "C0": "Control characters",
    "ESC": "Escape sequences",
    "CSI": "Control sequences",
    "DCS": "Device control strings",
}


def page() -> str:
    """The whole document."""
    parts = [INTRODUCTION]
    for kind, heading in _HEADINGS.items():
        rows = ((_shown(f), f.name, f.means) for f in FUNCTIONS if f.kind == kind)
        parts.append(f"## {heading}\n\n" + _table(("Sequence", "Name", "What it does"), rows))
    commands = ((f"`OSC {c.number} ; {c.example} ST`", c.means) for c in OSC_COMMANDS)
    parts.append("## Operating system commands\n\n" + _table(("Example", "What it is"), commands))
    for private, heading in ((False, "ANSI modes"), (True, "DEC private modes")):
        question = "?" if private else ""
        parts.append(
            f"## {heading}\n\nSet by `CSI {question} number h`, reset by `l`, asked by"
            f" `CSI {question} number $ p`.\n\n"
            + _table(
                ("Number", "Name", "When set", "At first"),
                (
                    (str(m.number), m.name, m.means, _default(m))
                    for m in MODES
                    if m.private is private
                ),
            )
        )
    sets = ((c.name, f"`{c.final}`", str(c.size), str(c.level)) for c in CHARSETS)
    parts.append(
        "## Character sets\n\nDesignated as G0 to G3 by `ESC` and `(` `)` `*` `+` (sets of 94) or"
        " `-` `.` `/` (sets of\n96, G1 to G3). Bytes that are UTF-8 never pass through GR.\n\n"
        + _table(("Set", "Final", "Size", "Level"), sets)
    )
    return "\n".join(parts)


def _shown(function: Function) -> str:
    """The example as manuals print it, its parts apart and the blank named."""
    if function.kind == "C0":
        return f"`{ord(function.key):02X}`"
    key = function.key
    prefix = key[0] if len(key) > 1 and key[0] in "<=>?" else ""
    params, _, string = function.example.partition("|")
    characters = ("SP" if char == " " else char for char in key.removeprefix(prefix))
    end = "ST" if function.kind == "DCS" else ""
    parts = (function.kind, prefix, params, *characters, string, end)
    text = " ".join(part for part in parts if part)
    return f"`` {text} ``" if "`" in text else f"`{text}`"


def _default(mode: Mode) -> str:
    if mode.fixed is not None:
        return "always set" if mode.fixed else "always reset"
    return "set" if mode.default else "reset"


def _table(heading: tuple[str, ...], rows: Iterable[tuple[str, ...]]) -> str:
    lines = [heading, ("---",) * len(heading), *rows]
    return "".join(
        "| " + " | ".join(cell.replace("|", "\\|") for cell in row) + " |\n" for row in lines
    )
