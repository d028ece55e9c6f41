"""What shells tell: OSC 133 and 633 mark prompts, commands and output; OSC 3008 nests contexts."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from gputerm.vt.blocks import MAX_COMMAND, CommandBlock
from gputerm.vt.core import cells
from gputerm.vt.core.budget import ITEM
from gputerm.vt.events import ContextChanged, PromptKind, PromptMark
from gputerm.vt.functions.osc_text import clean, decimal

if TYPE_CHECKING:
    from gputerm.vt.machine import Machine

_BY_ARROWS = (b"line", b"m", b"v", b"w")  # FinalTerm's; in one line all mean left and right.

MAX_FIELDS = 32
MAX_COMMAND_ROWS = 100
MAX_FIELD = 255  # Of OSC 3008: the specification's limit for most values.


def semantic_prompt(terminal: Machine, rest: bytes, _terminator: bytes) -> None:
    """OSC 133 — a letter and options."""
    letter, *fields = rest.split(b";", MAX_FIELDS)
    options = {key: value for key, _, value in (field.partition(b"=") for field in fields)}
    match letter:
        case b"A" | b"N":
            if options.get(b"k", b"i") == b"i":  # Secondary and right prompts start no block.
                _prompt(terminal).cursor_by_arrows = options.get(b"cl") in _BY_ARROWS
        case b"B" | b"I":
            _command(terminal)
        case b"C":
            terminal.spend(rest.count(b"%") * ITEM // 10)
            _output(terminal, _command_line(options))
        case b"D":
            _finished(terminal, fields[0] if fields else b"")
        case b"L":
            terminal.screen.fresh_line()
        case b"P":
            pass  # The kind of the prompt that follows; drawing doesn't depend on it.
        case _:
            terminal.unhandled("OSC 133 with an unknown letter")


def vscode(terminal: Machine, rest: bytes, _terminator: bytes) -> None:
    """OSC 633 — A to D as in 133, E the command line, P properties, of which Cwd counts."""
    letter, *fields = rest.split(b";", MAX_FIELDS)
    match letter:
        case b"A":
            _prompt(terminal)
        case b"B":
            _command(terminal)
        case b"C":
            _output(terminal, "")
        case b"D":
            _finished(terminal, fields[0] if fields else b"")
        case b"E" if fields:
            terminal.spend(fields[0].count(b"\\") * ITEM // 10)
            terminal.blocks.set_command(_unescape(fields[0]))
        case b"P" if fields:
            key, _, value = fields[0].partition(b"=")
            if key == b"Cwd":
                terminal.set_cwd("", _unescape(value))
        case _:
            pass


def _prompt(terminal: Machine) -> CommandBlock:
    terminal.blocks.has_marks = True
    terminal.mark_row(cells.ROW_PROMPT)
    block = terminal.blocks.prompt(terminal.cursor_line)
    terminal.add(PromptMark(PromptKind.PROMPT, block.prompt_line, block.number))
    return block


def _command(terminal: Machine) -> None:
    line = terminal.cursor_line
    block = terminal.blocks.command(line, terminal.screen.column)
    terminal.add(PromptMark(PromptKind.COMMAND, line, block.number))


def _output(terminal: Machine, command: str) -> None:
    terminal.mark_row(cells.ROW_OUTPUT)
    line = terminal.cursor_line
    command = command or terminal.blocks.told_command or _typed(terminal)
    block = terminal.blocks.output(line, command, terminal.cwd, terminal.cwd_host)
    terminal.add(PromptMark(PromptKind.OUTPUT, line, block.number, command=block.command))


def _typed(terminal: Machine) -> str:
    """The command line as it stands on the screen, for shells that don't tell it."""
    block, line = terminal.blocks.current, terminal.cursor_line
    if block is None or (start := block.command_start) is None or start[0] < terminal.first_line:
        return ""
    text = terminal.text(start, (min(line, start[0] + MAX_COMMAND_ROWS), 0))
    return text.rstrip("\n")[:MAX_COMMAND]


def _finished(terminal: Machine, status: bytes) -> None:
    code = _exit_code(status.decode("latin-1"))
    line = terminal.cursor_line
    # Output that doesn't end in a newline leaves the cursor on a line that still belongs to it.
    block = terminal.blocks.finished(line + (terminal.screen.column > 0), code)
    if block is not None:
        terminal.add(_finish_mark(block, line))


def _exit_code(status: str) -> int | None:
    """A shell's is 0-255; on other systems it has 32 bits and a sign."""
    code = decimal(status.removeprefix("-"), 1 << 32)
    return -code if code is not None and status.startswith("-") else code


def _finish_mark(block: CommandBlock, line: int) -> PromptMark:
    return PromptMark(PromptKind.FINISHED, line, block.number, block.exit_code, block.command)


def _command_line(options: dict[bytes, bytes]) -> str:
    """kitty's cmdline (shell quoting as printf %q makes it) and cmdline_url (percent encoding)."""
    if (encoded := options.get(b"cmdline_url")) is not None:
        from urllib.parse import unquote_to_bytes  # 3 ms that a start needn't wait for

        plain = unquote_to_bytes(encoded[: 3 * MAX_COMMAND])
        return clean(plain.replace(b"\n", b" "), MAX_COMMAND)
    return clean(options.get(b"cmdline", b""), MAX_COMMAND)


def _unescape(value: bytes) -> str:
    r"""VS Code's escapes: \\ and \xAB."""
    value = value[: 4 * MAX_COMMAND]
    plain = re.sub(
        rb"\\(?:x([0-9a-fA-F]{2})|(\\))",
        lambda match: bytes.fromhex(match[1].decode()) if match[1] else b"\\",
        value,
    )
    return clean(plain.replace(b"\n", b" "), MAX_COMMAND)


def context(terminal: Machine, rest: bytes, _terminator: bytes) -> None:
    """OSC 3008 — start=id or end=id, then key=value fields. [UAPI.15]"""
    first, *fields = rest.split(b";", MAX_FIELDS)
    action, _, identifier = first.partition(b"=")
    if action not in (b"start", b"end") or not 1 <= len(identifier) <= 64:
        return
    pairs = [field.partition(b"=") for field in fields[:MAX_FIELDS]]
    told = tuple((clean(key, 64), clean(value, MAX_FIELD)) for key, _, value in pairs if key)
    changed = ContextChanged(action.decode(), clean(identifier, 64), told)
    terminal.add(changed)
    if not terminal.blocks.has_marks:  # Which say more, and systemd's scripts may send both.
        _command_context(terminal, changed)


def _command_context(terminal: Machine, changed: ContextChanged) -> None:
    """A command that begins or ends, as systemd's scripts for bash tell it without a prompt."""
    told, blocks = dict(changed.fields), terminal.blocks
    if changed.action == "start" and told.get("type") == "command":
        if "cwd" in told:
            terminal.set_cwd(told.get("hostname", ""), told["cwd"])
        if blocks.context:  # Its end never came.
            _finished(terminal, b"")
        blocks.context = changed.id
        _output(terminal, told.get("cmdline", ""))
    elif changed.action == "end" and changed.id == blocks.context:
        blocks.context = ""
        _finished(terminal, b"0" if told.get("exit") == "success" else _status(told))


def _status(told: dict[str, str]) -> bytes:
    return told.get("status", "").encode("latin-1", "replace")
