"""`gputerm msg`: the command line of remote control.

    gputerm msg [-s PATH] [--timeout SECONDS] [--json] COMMAND [OPTIONS]

Options, help and checks come from commands.py. It runs in scripts and key bindings, so it imports
little: the interpreter's start is most of its time. Exit codes are errors.ExitCode's.
"""

from __future__ import annotations

import sys

from gputerm import log, output
from gputerm.arguments import CommandLine, option_help
from gputerm.ipc import commands
from gputerm.ipc.client.caller import Caller, fill_in, patience
from gputerm.ipc.command import Command, Parameter, check_choice
from gputerm.ipc.commands import COMMAND_OPTIONS, MSG_OPTIONS
from gputerm.ipc.protocol import ENDED, IN_VAIN, INVALID_OPTION, Fault
from gputerm.paths import absolute

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Sequence
    from typing import Any

    from gputerm.errors import UsageError

__all__ = ["main", "parse"]

_SPEAKER = "gputerm msg"

USAGE = """\
Usage: gputerm msg [-s PATH] [--timeout SECONDS] [--json] COMMAND [OPTIONS]

Steers a running gputerm.

Commands:
{commands}

  {completion:{width}}  print completions for bash, zsh or fish

Options:
{options}

Exit code: 0 done, 1 failed, 2 misused, 3 refused, 4 waited in vain, 5 the window's
program has ended, 69 nobody to talk to.
"""


def main(argv: Sequence[str]) -> int:
    """Run one command, given without the words `gputerm msg`; returns the exit code."""
    arguments = list(argv)
    if arguments[:1] in (["completion"], ["complete"]):
        from gputerm.ipc.client import completion

        return completion.main(arguments)
    as_json = False
    try:
        path, timeout, as_json, command = _leading_options(arguments)
        if command is None:
            output.show(_usage(), end="")
            return 0
        params = parse(command, arguments)
        as_json = params is not None and params.pop("--json", as_json)
        if params is None:
            output.show(_command_usage(command), end="")
            return 0
        if command.writes and not as_json and "file" not in params:
            raise _misuse(command, 'needs FILE; "-" is standard output')
        with Caller.find(path) as remote:
            if remote.instead_of is not None:
                _warn(remote.instead_of, remote.path, as_json=as_json)
            _read_input(command, params)
            try:
                fill_in(command, params, remote.path, remote.instead_of)
            except Fault as fault:
                raise _misuse(command, fault.message.removeprefix(f"{command.name}: ")) from None
            own = {p.name: params.pop(p.name, None) for p in command.parameters if p.local}
            if timeout is None:
                timeout = patience(command, params)
            result = remote.call(command.name, reply_timeout=timeout, **params)
            if command.follows:
                return _follow(remote)
            if command.writes and not as_json:
                from binascii import a2b_base64

                output.write(own["file"], a2b_base64(result[command.writes]))
                return 0
    except Fault as fault:
        return _refused(fault, as_json=as_json)
    except Exception as error:
        from gputerm.errors import GputermError

        if not isinstance(error, GputermError):
            raise
        _complain(str(error), {"message": str(error)}, as_json=as_json)
        return int(error.exit_code)
    text = _as_json(result) if as_json else _for_people(command, result)
    if text:
        output.show(text)
    return _exit_code(command, result)


def _refused(fault: Fault, *, as_json: bool) -> int:
    """Say why; the exit code."""
    from gputerm.errors import ExitCode

    if as_json or fault.code != INVALID_OPTION or not fault.data:
        body = {"code": fault.code, "message": fault.message, "data": fault.data}
        _complain(fault.message, body, as_json=as_json)
    else:
        for problem in fault.data:
            log.report(_problem(problem), speaker=_SPEAKER)
    codes = {IN_VAIN: ExitCode.IN_VAIN, ENDED: ExitCode.ENDED}
    return int(codes.get(fault.code, ExitCode.REFUSED))


def _warn(gone: str, found: str, *, as_json: bool) -> None:
    """That another terminal answers than the one around us."""
    message = f'"{gone}" is gone; "{found}" answers'
    if as_json:
        log.write(_as_json({"warning": {"message": message, "gone": gone, "socket": found}}))
    else:
        log.report(message, "warning", speaker=_SPEAKER)


def _exit_code(command: Command, result: Any) -> int:
    """0, but for a program that was waited for: what it returned."""
    if not command.exits_with or command.exits_with not in result:
        return 0
    status = result[command.exits_with]
    return 1 if status is None else int(status)


def _follow(remote: Caller) -> int:
    """Print events until the user has enough of them or the terminal ends."""
    from gputerm.errors import IpcError

    try:
        for method, params in remote.notifications():
            if method == "dropped":
                log.report("dropped: the events were read too slowly", speaker=_SPEAKER)
                return 1
            if not output.show(_as_json(params)):
                break
    except (KeyboardInterrupt, IpcError):
        pass
    return 0


def _leading_options(
    arguments: list[str],
) -> tuple[str | None, float | None, bool, Command | None]:
    """Take the options and the command's name off; no command means help. Raises UsageError."""
    path, timeout, as_json = None, None, False
    line = CommandLine(MSG_OPTIONS, arguments, _SPEAKER)
    for flag, values in line:
        match flag:
            case "-h" | "--help":
                return path, timeout, as_json, None
            case "--json":
                as_json = True
            case "-s" | "--socket":
                (path,) = values
            case "--timeout":
                timeout = line.seconds(flag, values[0])
            case _:
                arguments[:] = line.rest
                return path, timeout, as_json, _command(line, values[0])
    raise line.misuse("which command?")


def _command(line: CommandLine, name: str) -> Command:
    """The command of that name. Raises UsageError."""
    try:
        return commands.find(name)
    except Fault:
        from gputerm.errors import did_you_mean

        similar = did_you_mean(name, [command.name for command in commands.COMMANDS])
        raise line.misuse(f'unknown command "{name}"{similar}') from None


def parse(command: Command, arguments: Sequence[str]) -> dict[str, Any] | None:
    """The parameters that a command line gives; None asks for help. Raises UsageError."""
    line = CommandLine(
        (*COMMAND_OPTIONS, *command.parameters),
        arguments,
        f"{_SPEAKER} {command.name}",
        f"{command.name}: ",
    )
    by_flag = {flag: parameter for parameter in command.parameters for flag in parameter.flags}
    positional = next((p for p in command.parameters if p.positional), None)
    values: dict[str, Any] = {}
    for flag, given in line:
        if flag in ("-h", "--help"):
            return None
        if flag == "--json":
            values[flag] = True
        elif flag:
            _take(line, by_flag[flag], flag, given, values)
        elif positional is None or (positional.type != "strings" and positional.name in values):
            raise line.misuse(f"unexpected {given[0]}")
        elif given != ["-"] or "stdin" not in positional.source:
            _take(line, positional, positional.value, given, values)
    try:
        check_choice(command, values)
    except Fault as fault:
        raise line.misuse(fault.message.removeprefix(f"{command.name}: ")) from None
    return values


def _take(
    line: CommandLine, parameter: Parameter, what: str, given: list[str], values: dict[str, Any]
) -> None:
    """Add what was given of a parameter to the values. Raises UsageError."""
    if parameter.type == "boolean":
        values[parameter.name] = True
    elif parameter.type == "strings":
        values.setdefault(parameter.name, []).extend(given)
    else:
        values[parameter.name] = _value(line, parameter, what, given[0])


def _value(line: CommandLine, parameter: Parameter, what: str, value: str) -> Any:
    """An argument as its parameter's type. Raises UsageError."""
    if parameter.choices and value not in parameter.choices:
        raise line.misuse(f"{what}: expected one of {', '.join(parameter.choices)}")
    match parameter.type:
        case "integer":
            return _number(line, what, value, int)
        case "number":
            return _number(line, what, value, float)
        case "window" if value not in ("focused", "self"):
            return _number(line, what, value, int)
        case "pane" if value != "self":
            return _number(line, what, value, int)
        case "path" if value != "-":
            # The server has another directory than we.
            return absolute(value)
    return value


def _number(line: CommandLine, what: str, value: str, kind: type[int] | type[float]) -> int | float:
    try:
        number = kind(value)
        if number - number != 0:  # infinity, or no number at all
            raise ValueError
        return number
    except ValueError:
        raise line.misuse(f'{what}: expected a number, got "{value}"') from None


def _read_input(command: Command, values: dict[str, Any]) -> None:
    """Take the text that the command line doesn't give from standard input."""
    for parameter in command.parameters:
        if parameter.source == ("stdin",) and parameter.name not in values:
            values[parameter.name] = sys.stdin.buffer.read().decode(errors="replace")


def _misuse(command: Command, message: str) -> UsageError:
    return CommandLine((), (), f"{_SPEAKER} {command.name}", f"{command.name}: ").misuse(message)


def _usage() -> str:
    width = max(len(command.name) for command in commands.COMMANDS)
    rows = (f"  {command.name:{width}}  {command.summary}" for command in commands.COMMANDS)
    return USAGE.format(
        commands="\n".join(rows),
        completion="completion",
        width=width,
        options=option_help(MSG_OPTIONS, 17),
    )


def _command_usage(command: Command) -> str:
    shown = [*COMMAND_OPTIONS, *(p for p in command.parameters if p.flags)]
    shown += [p for p in command.parameters if p.positional]
    operand = "".join(f" [{p.value}]" for p in command.parameters if p.positional)
    usage = f"Usage: gputerm msg {command.name} [OPTIONS]{operand}"
    summary = command.summary[0].upper() + command.summary[1:]
    return f"{usage}\n\n{summary}.\n\nOptions:\n{option_help(shown)}\n"


def _complain(message: str, error: dict[str, Any], *, as_json: bool) -> None:
    if as_json:
        log.write(_as_json({"error": error}))
    else:
        log.report(message, speaker=_SPEAKER)


def _problem(problem: dict[str, Any]) -> str:
    numbers = [str(problem[part]) for part in ("line", "column") if problem[part] is not None]
    where = ":".join([problem["file"], *numbers])
    return ": ".join(part for part in (where, problem["key"], problem["message"]) if part)


def _as_json(value: Any, indent: int | None = None) -> str:
    import json

    return json.dumps(value, ensure_ascii=False, indent=indent)


def _for_people(command: Command, result: Any) -> str:
    if not command.shows:
        return ""  # The exit code 0 is enough.
    if command.name == "version":
        return f"gputerm {result['version']}"
    for problem in result.get("problems", ()) if isinstance(result, dict) else ():
        log.report(_problem(problem), speaker=_SPEAKER)
    shown = result if command.shows == "*" else result.get(command.shows, result)
    if command.columns:
        from gputerm.ipc.client import columns

        return columns.show(command, shown)
    if shown is None and command.shows != "*":
        return ""
    return str(shown) if isinstance(shown, str | int | float) else _as_json(shown, indent=2)
