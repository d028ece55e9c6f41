"""The `gputerm` command: argv → options → the part that does the work.

Knows options, help and exit codes; opens no window and no socket. Whatever a command doesn't need
is not imported for it: `gputerm msg` runs in scripts and key bindings, where its start is most of
its time. The parser is our own because importing argparse takes longer than everything else here.
"""

from __future__ import annotations

import os
import sys

from gputerm import log, output

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Sequence
    from typing import Any

    from gputerm.config import Config, Problem


class Flag:
    """One option of a command line."""

    __slots__ = ("help", "names", "takes", "value")

    def __init__(self, *names: str, help: str, value: str = "", takes: str = "one") -> None:
        self.names = names  #: the last one is the name in messages and in `Arguments`
        self.help = help
        self.value = value  #: what the help calls its value; "" = it has none
        self.takes = takes if value else "none"  #: "none" | "one" | "some" | "rest"


COMMON = (
    Flag(
        "-e",
        "--command",
        value="PROGRAM [ARG]…",
        takes="rest",
        help="run this instead of the shell; must come last",
    ),
    Flag("-d", "--working-directory", value="DIR", help="start the program there"),
    Flag("--config-file", value="FILE", help="read this configuration file"),
    Flag(
        "-o",
        "--option",
        value="KEY=VALUE…",
        takes="some",
        help="override configuration keys: font.size=14",
    ),
    Flag("--test-reports", help="for test suites: programs can read the screen"),
    Flag("-v", "--verbose", help="log more; twice: all"),
    Flag("-q", "--quiet", help="log errors only; twice: nothing"),
    Flag("-h", "--help", help="show this and exit"),
)
WINDOW = (
    *COMMON[:2],
    Flag("-T", "-t", "--title", value="TITLE", help="fixed title of the window"),
    Flag(
        "--app-id", "--class", value="GENERAL[,INSTANCE]", help="WM_CLASS or app id of the window"
    ),
    Flag("--hold", help="keep the window when the program has ended"),
    *COMMON[2:4],
    Flag("--check-config", help="list what is wrong with the configuration and exit"),
    Flag("--socket", value="PATH", help="listen for gputerm msg there"),
    Flag("--single-instance", help="open the window in a gputerm that runs"),
    Flag("--daemon", help="open no window; wait for gputerm msg create-window"),
    Flag("--perf-log", value="FILE", help="write what each frame costs there"),
    *COMMON[4:],
    Flag("-V", "--version", help="show the version and exit"),
)
RENDER = (
    *COMMON[:2],
    Flag("--size", value="COLUMNSxLINES", help="size of the screen; 80x24 unless given"),
    Flag("--input", value="FILE", help='draw these bytes; "-" reads standard input'),
    Flag(
        "--onlcr",
        value="WHEN",
        help="CR LF for LF of the input: auto, always, never",
    ),
    Flag("--timeout", value="SECONDS", help="stop then and write what there is"),
    Flag("--png", value="FILE", help='write a picture; "-" writes standard output'),
    Flag("--json", value="FILE", help="write cells, colours and cursor"),
    Flag("--text", value="FILE", help="write the text"),
    *COMMON[2:],
)

WINDOW_HELP = """\
Usage: gputerm [OPTIONS] [-e PROGRAM [ARG]…]
       gputerm msg …       steer a running gputerm; see gputerm msg --help
       gputerm render …    draw without a window; see gputerm render --help

A terminal emulator drawn by the GPU and steered over a socket.

Options:
{options}

Exit codes: 1 failure, 2 usage, 69 no display, 70 no OpenGL 3.3,
78 bad configuration, 127 unknown program.
"""
RENDER_HELP = """\
Usage: gputerm render [OPTIONS] (--input FILE | -e PROGRAM [ARG]…)

Runs a program, or reads what one wrote, and writes its last screen.
Needs no display.

Options:
{options}

Exit code: that of the program, 124 after a timeout, or as for gputerm.
"""

MAX_SECONDS = 1_000_000  # eleven days, which poll(2) can wait


def main(argv: Sequence[str] | None = None) -> int:
    """Runs the command line and returns the exit code; argv is without the program's name."""
    arguments = list(sys.argv[1:] if argv is None else argv)
    output.fill_standard_descriptors()
    try:
        match arguments:
            case ["msg", *rest]:
                from gputerm.ipc.client import msg

                return msg.main(rest)
            case ["render", *rest]:
                return _render(Arguments(RENDER, rest, "gputerm render"))
            case _:
                return _window(Arguments(WINDOW, arguments, "gputerm"))
    except ModuleNotFoundError as error:
        if not error.name or error.name.partition(".")[0] == "gputerm":
            raise
        if error.name == "cython":  # Without compiled modules Python finds their sources.
            log.report("the core isn't compiled: run `make build` in the checkout")
        else:
            log.report(f"the Python package {error.name} is missing: install gputerm anew")
        return 1
    except Exception as error:
        from gputerm.errors import GputermError

        if isinstance(error, GputermError):
            log.report(error)
            return int(error.exit_code)
        from gputerm.failures import describe, write_report

        log.report(describe(error, write_report(error, "running")))
        return 1
    except KeyboardInterrupt:
        return 130  # As a shell reports a program that SIGINT ended.


class Arguments:
    """A command line taken apart. Raises UsageError."""

    def __init__(self, flags: Sequence[Flag], arguments: Sequence[str], command: str) -> None:
        self._command = command
        self._flags = {name: flag for flag in flags for name in flag.names}
        self._values: dict[str, list[str]] = {}
        self._rest = list(arguments)
        while self._rest:
            self._take(self._rest.pop(0))

    def count(self, name: str) -> int:
        """How often an option without a value was given."""
        return len(self.all(name))

    def one(self, name: str) -> str | None:
        """The value of an option; the last one counts, so that an alias can be overruled."""
        values = self.all(name)
        return values[-1] if values else None

    def all(self, name: str) -> tuple[str, ...]:
        assert name in self._flags, name
        return tuple(self._values.get(name, ()))

    def _take(self, argument: str) -> None:
        if argument.startswith("--"):
            name, equals, value = argument.partition("=")
            self._take_flag(name, value if equals else None)
        elif argument.startswith("-") and argument != "-":
            # -vvq is three options; -dDIR and -d=DIR are one with its value.
            letters = argument[1:]
            while letters:
                name, letters = f"-{letters[0]}", letters[1:]
                if (flag := self._flags.get(name)) is not None and flag.takes != "none" and letters:
                    self._take_flag(name, letters.removeprefix("="))
                    return
                self._take_flag(name, None)
        else:
            raise self._usage(f"unexpected {argument}; to run a program, write -e {argument}")

    def _take_flag(self, name: str, value: str | None) -> None:
        flag = self._flags.get(name)
        if flag is None:
            from gputerm.suggestions import did_you_mean

            raise self._usage(f"unknown option {name}{did_you_mean(name, self._flags)}")
        values = self._values.setdefault(flag.names[-1], [])
        before = len(values)
        if flag.takes == "none":
            if value is not None:
                raise self._usage(f"{name} takes no value")
            values.append("")
            return
        if value is not None:
            values.append(value)
        if flag.takes == "rest":
            values += self._rest
            self._rest.clear()
        elif flag.takes == "some":
            while self._rest and not self._rest[0].startswith("-"):
                values.append(self._rest.pop(0))
        elif (
            value is None and self._rest and (self._rest[0] in ("", "-") or self._rest[0][0] != "-")
        ):
            values.append(self._rest.pop(0))
        if len(values) == before:
            raise self._usage(f"{name} needs a value: {name} {flag.value}")

    def _usage(self, message: str) -> Exception:
        from gputerm.errors import UsageError

        return UsageError(f"{message} (see {self._command} --help)")


def _window(arguments: Arguments) -> int:
    if arguments.count("--help"):
        output.show(WINDOW_HELP.format(options=_option_help(WINDOW)), end="")
        return 0
    if arguments.count("--version"):
        from gputerm import __version__

        output.show(f"gputerm {__version__}")
        return 0
    log.set_verbosity(_verbosity(arguments))
    if arguments.count("--single-instance") and _in_running_instance(arguments):
        return 0
    config_file, overrides = arguments.one("--config-file"), arguments.all("--option")
    if arguments.count("--check-config"):
        from gputerm import config

        return _check_config(config_file, *config.load(config_file, overrides))
    from gputerm.options import StartOptions, class_names
    from gputerm.startup.connecting import Connecting

    general, instance = class_names(arguments.one("--class"))
    options = StartOptions(
        command=arguments.all("--command"),
        working_directory=_absolute(arguments.one("--working-directory")),
        hold=bool(arguments.count("--hold")),
        title=arguments.one("--title"),
        class_general=general,
        class_instance=instance,
        activation_token=_activation_token(),
        overrides=overrides,
        config_file=_absolute(config_file),
        socket=_absolute(arguments.one("--socket")),
        daemon=bool(arguments.count("--daemon")),
        verbosity=_verbosity(arguments),
        perf_log=_absolute(arguments.one("--perf-log")),
        test_reports=bool(arguments.count("--test-reports")),
    )
    with Connecting() as connecting:
        from gputerm import config
        from gputerm.app import main

        loaded, problems = config.load(config_file, overrides)
        return main.run(options, loaded, problems, connecting)


def _verbosity(arguments: Arguments) -> int:
    return arguments.count("--verbose") - arguments.count("--quiet")


def _activation_token() -> str | None:
    """What whoever launched us gave us for our window."""
    environment = os.environ
    return environment.get("XDG_ACTIVATION_TOKEN") or environment.get("DESKTOP_STARTUP_ID") or None


def _in_running_instance(arguments: Arguments) -> bool:
    """Open the window there; False when nothing runs. Raises GputermError when it is refused."""
    from gputerm.directories import here
    from gputerm.errors import GputermError, IpcError
    from gputerm.ipc.client.caller import Caller
    from gputerm.ipc.protocol import Fault

    directory = arguments.one("--working-directory")
    params: dict[str, Any] = {
        "command": list(arguments.all("--command")),
        "working_directory": _absolute(directory),
        "cwd": here(),
        "hold": bool(arguments.count("--hold")),
        "title": arguments.one("--title"),
        "class": arguments.one("--class"),
        "option": list(arguments.all("--option")),
        "activation_token": _activation_token(),
    }
    try:
        with Caller.find(arguments.one("--socket")) as remote:
            answer = remote.call("create-window", **params)
    except IpcError:
        return False
    except Fault as fault:
        raise GputermError(fault.message) from None
    for problem in answer["problems"]:
        log.report(f"{problem['key']}: {problem['message']}", problem["severity"])
    return True


def _render(arguments: Arguments) -> int:
    if arguments.count("--help"):
        output.show(RENDER_HELP.format(options=_option_help(RENDER)), end="")
        return 0
    log.set_verbosity(_verbosity(arguments))
    from gputerm import config
    from gputerm.errors import UsageError
    from gputerm.options import RenderOptions

    columns, lines = _size(arguments.one("--size") or "80x24")
    onlcr, timeout = arguments.one("--onlcr") or "auto", arguments.one("--timeout")
    if onlcr not in ("auto", "always", "never"):
        raise UsageError(f"--onlcr: expected auto, always or never, got {onlcr}")
    options = RenderOptions(
        columns=columns,
        lines=lines,
        input=arguments.one("--input"),
        onlcr=onlcr,
        timeout=None if timeout is None else _seconds(timeout),
        command=arguments.all("--command"),
        working_directory=_absolute(arguments.one("--working-directory")),
        png=arguments.one("--png"),
        json=arguments.one("--json"),
        text=arguments.one("--text"),
        test_reports=bool(arguments.count("--test-reports")),
    )
    if (options.input is None) == (not options.command):
        raise UsageError("say what to draw: either --input FILE or -e PROGRAM")
    if options.png is None and options.json is None and options.text is None:
        raise UsageError("say what to write: --png, --json or --text, each with a FILE")
    targets = [path for path in (options.png, options.json, options.text) if path is not None]
    if len(set(targets)) < len(targets):
        raise UsageError("--png, --json and --text: two of them would write to the same place")
    loaded, problems = config.load(arguments.one("--config-file"), arguments.all("--option"))
    from gputerm import stand_ins
    from gputerm.startup import heaps

    heaps.set_up()
    stand_ins.import_numpy()
    from gputerm import picture

    return picture.run(options, loaded, problems)


def _check_config(config_file: str | None, config: Config, problems: Sequence[Problem]) -> int:
    from gputerm.config import find_file
    from gputerm.configured import geometry
    from gputerm.errors import ExitCode

    lines = [*map(str, problems), *geometry.font_problems(config)]
    for line in lines:
        output.show(line)
    if any(problem.severity == "error" for problem in problems):
        return ExitCode.CONFIG
    if not lines:
        output.show(f"{config_file or find_file() or 'no configuration file'}: no problems")
    return ExitCode.OK


def _size(value: str) -> tuple[int, int]:
    """ "80x24" → (80, 24)."""
    from gputerm.limits import MAX_COLUMNS, MAX_LINES

    columns, _, lines = value.partition("x")
    if columns.isdecimal() and lines.isdecimal():
        size = int(columns[:9]), int(lines[:9])
        if 1 <= size[0] <= MAX_COLUMNS and 1 <= size[1] <= MAX_LINES:
            return size
    from gputerm.errors import UsageError

    raise UsageError(
        f"--size: expected COLUMNSxLINES, from 1x1 to {MAX_COLUMNS}x{MAX_LINES}, got {value}"
    )


def _seconds(value: str) -> float:
    try:
        seconds = float(value)
    except ValueError:
        seconds = -1.0
    if 0 < seconds <= MAX_SECONDS:
        return seconds
    from gputerm.errors import UsageError

    raise UsageError(f"--timeout: expected seconds up to {MAX_SECONDS}, got {value}")


def _absolute(path: str | None) -> str | None:
    if path is None:
        return None
    from gputerm.directories import absolute

    return absolute(path)


def _option_help(flags: Sequence[Flag]) -> str:
    """Two columns; an option too long for the first gets a line of its own."""
    lines = []
    for flag in flags:
        names = ", ".join(flag.names)
        option = f"{'    ' * names.startswith('--')}{names} {flag.value}".rstrip()
        if len(option) > 26:
            lines.append(f"  {option}")
            option = ""
        lines.append(f"  {option:<26}  {flag.help}")
    return "\n".join(lines)
