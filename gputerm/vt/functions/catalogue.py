"""Every control function the terminal knows, one row each: the documentation, and the dispatch
table.

A row without `run` is Screen's own; the others run the function named when Screen hands the
sequence on. A test feeds every row's example and finds none unhandled, so what is listed here
works.

Notation: `key` is prefix, intermediates and final without the parameters (`?$p`); `example` holds
the parameters to show it with. Operating system commands are in OSC_COMMANDS, modes in MODES.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from gputerm.records import Record
from gputerm.vt.functions import dcs, rectangles, requests, settings, xtwinops

if TYPE_CHECKING:
    from gputerm.vt.core.handler import Params
    from gputerm.vt.machine import Machine

Run = Callable[["Machine", "Params"], None]
RunString = Callable[["Machine", "Params", bytes], None]

_PREFIXES = "<=>?"


class Function(Record):
    kind: str  #: CSI, ESC, DCS, C0
    key: str
    name: str  #: mnemonic
    example: str  #: parameters; for DCS, parameters and after a `|` the string
    means: str
    run: Run | None = None
    run_string: RunString | None = None

    @property
    def sequence(self) -> bytes:
        """The example as it is sent."""
        if self.kind == "C0":
            return self.key.encode()
        if self.kind == "ESC":
            return b"\x1b" + self.key.encode()
        prefix = self.key[0] if len(self.key) > 1 and self.key[0] in _PREFIXES else ""
        params, _, string = self.example.partition("|")
        body = prefix + params + self.key[len(prefix) :]
        if self.kind == "CSI":
            return b"\x1b[" + body.encode()
        return b"\x1bP" + body.encode() + string.encode() + b"\x1b\\"


def _csi(key: str, name: str, example: str, means: str, run: Run | None = None) -> Function:
    return Function("CSI", key, name, example, means, run)


def _esc(key: str, name: str, means: str, run: Run | None = None) -> Function:
    return Function("ESC", key, name, "", means, run)


def _dcs(key: str, name: str, example: str, means: str, run: RunString) -> Function:
    return Function("DCS", key, name, example, means, run_string=run)


def _c0(key: str, name: str, means: str) -> Function:
    return Function("C0", key, name, "", means)


FUNCTIONS: tuple[Function, ...] = (
    _c0("\x05", "ENQ", "asks for the answerback, which is empty"),
    _c0("\a", "BEL", "bell"),
    _c0("\b", "BS", "left by one"),
    _c0("\t", "HT", "to the next tab stop"),
    _c0("\n", "LF", "down by one, scrolling at the bottom; also VT and FF"),
    _c0("\r", "CR", "to the left margin"),
    _c0("\x0e", "SO", "LS1: G1 into GL"),
    _c0("\x0f", "SI", "LS0: G0 into GL"),
    # Cursor motion.
    _csi("A", "CUU", "2", "up"),
    _csi("B", "CUD", "2", "down"),
    _csi("C", "CUF", "2", "right"),
    _csi("D", "CUB", "2", "left"),
    _csi("E", "CNL", "2", "down, to the left margin"),
    _csi("F", "CPL", "2", "up, to the left margin"),
    _csi("G", "CHA", "2", "to a column"),
    _csi("`", "HPA", "2", "to a column"),
    _csi("a", "HPR", "2", "right by columns"),
    _csi("j", "HPB", "2", "left by columns"),
    _csi("d", "VPA", "2", "to a line"),
    _csi("e", "VPR", "2", "down by lines"),
    _csi("k", "VPB", "2", "up by lines"),
    _csi("H", "CUP", "2;3", "to line and column"),
    _csi("f", "HVP", "2;3", "to line and column"),
    _csi("I", "CHT", "2", "forward by tab stops"),
    _csi("Z", "CBT", "2", "back by tab stops"),
    _esc("D", "IND", "down by one, scrolling"),
    _esc("E", "NEL", "to the start of the next line"),
    _esc("M", "RI", "up by one, scrolling"),
    _esc("6", "DECBI", "left by one, scrolling sideways"),
    _esc("9", "DECFI", "right by one, scrolling sideways"),
    _esc("7", "DECSC", "saves the cursor"),
    _esc("8", "DECRC", "restores the cursor"),
    _csi("s", "SCOSC", "", "saves the cursor; with mode 69 DECSLRM"),
    _csi("u", "SCORC", "", "restores the cursor"),
    # Tab stops and margins.
    _esc("H", "HTS", "sets a tab stop here"),
    _csi("g", "TBC", "3", "clears the tab stop here (0) or all (3)"),
    _csi(
        "?W", "DECST8C", "5", "sets a tab stop every eight columns", settings.tab_stop_every_eight
    ),
    _csi("r", "DECSTBM", "2;5", "sets top and bottom margin"),
    # Erasing, inserting, deleting, scrolling.
    _csi("J", "ED", "0", "erases below (0), above (1), all (2), history (3)"),
    _csi("K", "EL", "0", "erases right (0), left (1), the line (2); 0 leaves a full line"),
    _csi("X", "ECH", "2", "erases characters"),
    _csi("?J", "DECSED", "0", "as ED, leaving protected characters"),
    _csi("?K", "DECSEL", "0", "as EL, leaving protected characters"),
    _csi("@", "ICH", "2", "inserts blanks"),
    _csi("P", "DCH", "2", "deletes characters"),
    _csi("L", "IL", "2", "inserts lines"),
    _csi("M", "DL", "2", "deletes lines"),
    _csi("'}", "DECIC", "2", "inserts columns"),
    _csi("'~", "DECDC", "2", "deletes columns"),
    _csi("S", "SU", "2", "scrolls up"),
    _csi("T", "SD", "2", "scrolls down"),
    _csi("^", "SD", "2", "scrolls down"),
    _csi(" @", "SL", "2", "scrolls left"),
    _csi(" A", "SR", "2", "scrolls right"),
    _csi("b", "REP", "2", "repeats the last character"),
    _esc("#8", "DECALN", "fills the screen with E"),
    # Rendition and protection.
    _csi("m", "SGR", "1;31", "colours and attributes"),
    _csi('"q', "DECSCA", "1", "protects what follows from DECSED, DECSEL, DECSERA"),
    _esc("V", "SPA", "protects what follows from erasing"),
    _esc("W", "EPA", "ends SPA"),
    _csi("#{", "XTPUSHSGR", "", "saves the rendition on a stack", settings.push_rendition),
    _csi("#p", "XTPUSHSGR", "", "saves the rendition on a stack", settings.push_rendition),
    _csi("#}", "XTPOPSGR", "", "restores the rendition", settings.pop_rendition),
    _csi("#q", "XTPOPSGR", "", "restores the rendition", settings.pop_rendition),
    _csi(
        "#|",
        "XTREPORTSGR",
        "1;1;1;1",
        "what a rectangle shares; in tests only",
        requests.rendition_in_rectangle,
    ),
    _csi("#P", "XTPUSHCOLORS", "", "saves the palette on a stack", settings.push_colors),
    _csi("#Q", "XTPOPCOLORS", "", "restores the palette", settings.pop_colors),
    _csi("#R", "XTREPORTCOLORS", "", "asks how many are saved", requests.color_stack),
    _esc("#3", "DECDHL", "double height, top half", settings.double_height_top),
    _esc("#4", "DECDHL", "double height, bottom half", settings.double_height_bottom),
    _esc("#5", "DECSWL", "single width", settings.single_width_line),
    _esc("#6", "DECDWL", "double width", settings.double_width_line),
    _csi(" q", "DECSCUSR", "5", "cursor style", settings.set_cursor_style),
    # Rectangles.
    _csi("$v", "DECCRA", "1;1;2;2;1;3;3;1", "copies a rectangle", rectangles.copy),
    _csi("$x", "DECFRA", "88;1;1;2;2", "fills a rectangle", rectangles.fill),
    _csi("$z", "DECERA", "1;1;2;2", "erases a rectangle", rectangles.erase),
    _csi("${", "DECSERA", "1;1;2;2", "the same selectively", rectangles.selective_erase),
    _csi("$r", "DECCARA", "1;1;2;2;1", "sets attributes", rectangles.change_attributes),
    _csi("$t", "DECRARA", "1;1;2;2;7", "reverses attributes", rectangles.reverse_attributes),
    _csi("*x", "DECSACE", "2", "rectangle or stream", settings.attribute_change_extent),
    _csi("*y", "DECRQCRA", "1;1;1;1;2;2", "checksum; in tests only", requests.rectangle_checksum),
    _csi("#y", "XTCHECKSUM", "0", "how it is computed", requests.set_checksum_flags),
    # Modes and resets.
    _csi("h", "SM", "4", "sets ANSI modes", settings.set_mode),
    _csi("l", "RM", "4", "resets ANSI modes", settings.reset_mode),
    _csi("?h", "DECSET", "1", "sets DEC modes", settings.set_private_mode),
    _csi("?l", "DECRST", "1", "resets DEC modes", settings.reset_private_mode),
    _csi("?s", "XTSAVE", "1", "saves DEC modes", settings.save_private_modes),
    _csi("?r", "XTRESTORE", "1", "restores DEC modes", settings.restore_private_modes),
    _csi("$p", "DECRQM", "4", "asks an ANSI mode", requests.ansi_mode),
    _csi("?$p", "DECRQM", "1", "asks a DEC mode", requests.private_mode),
    _esc("=", "DECKPAM", "application keypad", settings.application_keypad),
    _esc(">", "DECKPNM", "numeric keypad", settings.numeric_keypad),
    _csi("!p", "DECSTR", "", "soft reset", settings.soft_reset),
    _esc("c", "RIS", "full reset", settings.reset),
    _csi('"p', "DECSCL", "65;1", "conformance level", settings.set_conformance_level),
    _esc(" F", "S7C1T", "replies in 7 bits", settings.seven_bit_controls),
    _esc(" G", "S8C1T", "replies with C1 controls", settings.eight_bit_controls),
    # Keyboard.
    _csi(">m", "XTMODKEYS", "4;1", "modifyOtherKeys", settings.set_key_modifiers),
    _csi(">n", "XTMODKEYS", "4", "ends modifyOtherKeys", settings.disable_key_modifiers),
    _csi("?m", "XTQMODKEYS", "4", "asks modifyOtherKeys", requests.key_modifiers),
    _csi(">f", "XTFMTKEYS", "4;1", "formatOtherKeys", settings.set_key_format),
    _csi("?g", "XTQFMTKEYS", "4", "asks formatOtherKeys", requests.key_format),
    _csi(">u", "", "1", "pushes kitty keyboard flags", settings.push_kitty_flags),
    _csi("<u", "", "1", "pops kitty keyboard flags", settings.pop_kitty_flags),
    _csi("=u", "", "1;1", "changes kitty keyboard flags", settings.set_kitty_flags),
    _csi("?u", "", "", "asks kitty keyboard flags", requests.kitty_flags),
    # Window and title.
    _csi("t", "XTWINOPS", "18", "window and title operations", xtwinops.window_operation),
    _csi("*|", "DECSNLS", "24", "lines of the screen", xtwinops.set_lines_per_screen),
    _csi("$|", "DECSCPP", "80", "columns of the page", xtwinops.set_columns_per_page),
    _csi(">t", "XTSMTITLE", "2", "how titles are written", settings.set_title_modes),
    _csi(">T", "XTRMTITLE", "2", "how titles are written", settings.reset_title_modes),
    _csi("$}", "DECSASD", "0", "output to the screen", settings.set_status_display),
    _csi("$~", "DECSSDT", "0", "no status line", settings.set_status_display),
    # Reports.
    _csi("c", "DA1", "", "asks what the terminal can do", requests.primary_device_attributes),
    _esc("Z", "DECID", "the same", requests.primary_device_attributes),
    _csi(">c", "DA2", "", "asks its model", requests.secondary_device_attributes),
    _csi("=c", "DA3", "", "asks its unit id", requests.tertiary_device_attributes),
    _csi(">q", "XTVERSION", "", "asks its name", requests.version),
    _csi("n", "DSR", "6", "asks status (5) or cursor position (6)", requests.device_status),
    _csi("?n", "DSR", "6", "the same and more in DEC's way", requests.private_device_status),
    _csi("x", "DECREQTPARM", "0", "asks line parameters", requests.terminal_parameters),
    _csi("$w", "DECRQPSR", "1", "asks cursor (1), tab stops (2)", requests.presentation_state),
    _dcs("$q", "DECRQSS", "|m", "asks a setting", dcs.request_setting),
    _dcs("$t", "DECRSPS", "2|9/17", "restores what DECRQPSR told", dcs.restore_presentation_state),
    _dcs("+q", "XTGETTCAP", "|436F", "asks a capability", dcs.request_capabilities),
    _dcs("=s", "", "1|", "synchronised output, as mode 2026", dcs.synchronized_output),
    # Character sets; SCS itself has too many forms for a row each, see charset.CHARSETS.
    _esc("(0", "SCS", "designates G0"),
    _esc("%G", "DOCS", "what follows is UTF-8", settings.utf_8),
    _esc("%@", "DOCS", "what follows are 8-bit codes", settings.eight_bit_codes),
    _esc("n", "LS2", "G2 into GL"),
    _esc("o", "LS3", "G3 into GL"),
    _esc("~", "LS1R", "G1 into GR"),
    _esc("}", "LS2R", "G2 into GR"),
    _esc("|", "LS3R", "G3 into GR"),
    _esc("N", "SS2", "G2 for one character"),
    _esc("O", "SS3", "G3 for one character"),
    # Understood as nothing, since there is no printer, no lamp and no loadable font.
    _csi("i", "MC", "0", "printing", settings.ignore),
    _csi("?i", "MC", "1", "printing", settings.ignore),
    _csi("q", "DECLL", "1", "lamps", settings.ignore),
    _dcs("q", "", "|#0~", "sixel graphics, swallowed", dcs.swallow),
    _dcs("|", "DECUDK", "0;1|17/41", "user-defined keys, swallowed", dcs.swallow),
    _dcs("{", "DECDLD", "1|A", "soft fonts, swallowed", dcs.swallow),
)


def _packed(function: Function) -> tuple[int, int, int]:
    """(prefix, intermediates, final) as the parser passes them."""
    key = function.key
    prefix = ord(key[0]) if len(key) > 1 and function.kind != "ESC" and key[0] in _PREFIXES else 0
    intermediates = key[bool(prefix) : -1]
    packed = sum(ord(c) << 8 * i for i, c in enumerate(intermediates))
    return prefix, packed, ord(key[-1])


def _table(kind: str) -> dict[tuple[int, int, int], Function]:
    return {_packed(row): row for row in FUNCTIONS if row.kind == kind}


CSI = _table("CSI")
ESC = _table("ESC")
DCS = _table("DCS")
