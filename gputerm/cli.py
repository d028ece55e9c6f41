"""The `gputerm` command: argv → options → the part that does the work.

Knows options, help and exit codes; opens no window and no socket. Whatever a command doesn't need
is not imported for it: `gputerm msg` runs in scripts and key bindings, where its start is most of
its time.
"""

from __future__ import annotations

import os
import sys

from gputerm import log, output
from gputerm.arguments import CommandLine, Option, option_help

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Sequence
    from typing import Any

    from gputerm.config import Loaded


COMMON = (
    Option(
        "-e, --command PROGRAM [ARG]…",
        "run this instead of the shell; must come last",
        takes="rest",
    ),
    Option("-d, --working-directory DIR", "start the program there"),
    Option("--config-file FILE", "read this configuration file"),
    Option("-o, --option KEY=VALUE…", "override configuration keys: font.size=14", takes="some"),
    Option("--test-reports", "for test suites: programs can read the screen"),
    Option("-v, --verbose", "log more; twice: all"),
    Option("-q, --quiet", "log errors only; twice: nothing but wrong usage"),
    Option("-h, --help", "show this and exit"),
)
WINDOW = (
    *COMMON[:2],
    Option("-T, -t, --title TITLE", "fixed title of the window"),
    Option("--app-id, --class GENERAL[,INSTANCE]", "WM_CLASS or app id of the window"),
    Option("--hold", "keep the window when the program has ended"),
    *COMMON[2:4],
    Option("--help-keys", "list what is bound to keys and exit"),
    Option("--check-config", "list what is wrong with the configuration and exit"),
    Option("--socket PATH", "listen for gputerm msg there"),
    Option("--single-instance", "open the window in a gputerm that runs"),
    Option("--daemon", "open no window; wait for gputerm msg create-window"),
    Option("--headless", "a daemon whose windows need no display"),
    Option("--perf-log FILE", "write what each frame costs there"),
    *COMMON[4:],
    Option("-V, --version", "show the version and exit"),
)
RENDER = (
    *COMMON[:2],
    Option("--size COLUMNSxLINES", "size of the screen; 80x24 unless given"),
    Option("--input FILE", 'draw these bytes; "-" reads standard input'),
    Option("--onlcr WHEN", "CR LF for LF of the input: auto, always, never"),
    Option("--timeout SECONDS", "stop then and write what there is"),
    Option("--png FILE", 'write a picture; "-" writes standard output'),
    Option("--json FILE", "write cells, colours and cursor"),
    Option("--text FILE", "write the text"),
    *COMMON[2:],
)

WINDOW_HELP = """\
Usage: gputerm [OPTIONS] [-e PROGRAM [ARG]…]
       gputerm msg …       steer a running gputerm; see gputerm msg --help
       gputerm render …    draw without a window; see gputerm render --help
       gputerm config …    look at the configuration; see gputerm config --help
       gputerm ssh …       ssh to a host that is told what gputerm can do

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


CONFIG = (*COMMON[2:4], COMMON[-1])
CONFIG_HELP = """\
Usage: gputerm config COMMAND [KEY] [OPTIONS]

What the configuration is, and where it comes from.

Commands:
{commands}

Options:
{options}
"""


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
            case ["config", *rest]:
                return _config(rest)
            case ["ssh", *rest]:
                return _ssh(rest)
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
        from gputerm.errors import GputermError, UsageError

        if isinstance(error, UsageError):  # What -q asks for holds once it is understood.
            log.write(f"gputerm: {error}")
            return int(error.exit_code)
        if isinstance(error, GputermError):
            log.report(error)
            return int(error.exit_code)
        from gputerm.failures import describe, write_report

        log.report(describe(error, write_report(error, "running")))
        return 1
    except KeyboardInterrupt:
        return 130  # As a shell reports a program that SIGINT ended.


def _unexpected(operand: str) -> str:
    """What to say to a word that is no option."""
    if operand in ("help", "version"):
        return f"unexpected {operand}, did you mean --{operand}?"
    from gputerm.ipc.commands import COMMANDS

    if any(command.name == operand for command in COMMANDS):
        return f"unexpected {operand}, did you mean gputerm msg {operand}?"
    return f"unexpected {operand}; to run a program, write -e {operand}"


class Arguments:
    """The options of a command line by name. Raises UsageError."""

    def __init__(self, options: Sequence[Option], arguments: Sequence[str], command: str) -> None:
        self._line = line = CommandLine(options, arguments, command)
        self._values: dict[str, list[str]] = {option.flags[-1]: [] for option in options}
        self._given: dict[str, int] = {}
        for flag, values in line:
            if not flag:
                (operand,) = values
                raise line.misuse(_unexpected(operand))
            name = line.option(flag).flags[-1]
            self._values[name] += values
            self._given[name] = self._given.get(name, 0) + 1

    def count(self, name: str) -> int:
        """How often an option was given."""
        return self._given.get(name, 0)

    def one(self, name: str) -> str | None:
        """The value of an option; the last one counts, so that an alias can be overruled."""
        values = self.all(name)
        return values[-1] if values else None

    def all(self, name: str) -> tuple[str, ...]:
        """All values of an option."""
        return tuple(self._values[name])

    def seconds(self, name: str) -> float | None:
        """The value of an option as a time."""
        text = self.one(name)
        return None if text is None else self._line.seconds(name, text)


def _window(arguments: Arguments) -> int:
    if arguments.count("--help"):
        output.show(WINDOW_HELP.format(options=option_help(WINDOW)), end="")
        return 0
    if arguments.count("--version"):
        from gputerm import __version__

        output.show(f"gputerm {__version__}")
        return 0
    log.set_verbosity(_verbosity(arguments))
    if arguments.count("--single-instance") and _in_running_instance(arguments):
        return 0
    config_file, overrides = arguments.one("--config-file"), arguments.all("--option")
    if arguments.count("--help-keys"):
        from gputerm import config

        return _help_keys(config.load(config_file, overrides))
    if arguments.count("--check-config"):
        from gputerm import config

        return _check_config(config_file, config.load(config_file, overrides))
    from gputerm.options import StartOptions, class_names
    from gputerm.startup.connecting import Connecting

    headless = bool(arguments.count("--headless"))
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
        daemon=bool(arguments.count("--daemon")) or headless,
        headless=headless,
        verbosity=_verbosity(arguments),
        perf_log=_absolute(arguments.one("--perf-log")),
        test_reports=bool(arguments.count("--test-reports")),
    )
    with Connecting(headless=headless) as connecting:
        from gputerm import config
        from gputerm.app import main

        return main.run(options, config.load(config_file, overrides), connecting)


def _verbosity(arguments: Arguments) -> int:
    return arguments.count("--verbose") - arguments.count("--quiet")


def _activation_token() -> str | None:
    """What whoever launched us gave us for our window."""
    environment = os.environ
    return environment.get("XDG_ACTIVATION_TOKEN") or environment.get("DESKTOP_STARTUP_ID") or None


def _in_running_instance(arguments: Arguments) -> bool:
    """Open the window there; False when nothing runs. Raises GputermError when it is refused."""
    from gputerm.errors import GputermError, IpcError
    from gputerm.ipc.client.caller import Caller
    from gputerm.ipc.protocol import Fault
    from gputerm.paths import here

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
        output.show(RENDER_HELP.format(options=option_help(RENDER)), end="")
        return 0
    log.set_verbosity(_verbosity(arguments))
    from gputerm import config
    from gputerm.errors import UsageError
    from gputerm.options import RenderOptions

    columns, lines = _size(arguments.one("--size") or "80x24")
    onlcr, timeout = arguments.one("--onlcr") or "auto", arguments.seconds("--timeout")
    if onlcr not in ("auto", "always", "never"):
        raise UsageError(f"--onlcr: expected auto, always or never, got {onlcr}")
    options = RenderOptions(
        columns=columns,
        lines=lines,
        input=arguments.one("--input"),
        onlcr=onlcr,
        timeout=timeout,
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
    loaded = config.load(arguments.one("--config-file"), arguments.all("--option"))
    from gputerm import stand_ins
    from gputerm.startup import heaps

    heaps.set_up()
    stand_ins.import_numpy()
    from gputerm.export import picture

    return picture.run(options, loaded)


def _config(words: Sequence[str]) -> int:
    from gputerm.config.inspection import COMMANDS, run

    count = next((i for i, word in enumerate(words) if word.startswith("-")), len(words))
    arguments = Arguments(CONFIG, words[count:], "gputerm config")
    if arguments.count("--help") or not count:
        commands = "\n".join(f"  {name:<22}{doc}" for name, doc in COMMANDS.items())
        output.show(CONFIG_HELP.format(commands=commands, options=option_help(CONFIG)), end="")
        return 0
    command, *keys = words[:count]
    if command not in COMMANDS:
        from gputerm.errors import UsageError, did_you_mean

        raise UsageError(f"config: unknown command {command}{did_you_mean(command, COMMANDS)}")
    from gputerm import config

    loaded = config.load(arguments.one("--config-file"), arguments.all("--option"))
    for problem in loaded.problems:
        log.report(problem, problem.severity)
    for line in run(command, keys, loaded):
        output.show(line)
    return 0


def _help_keys(loaded: Loaded) -> int:
    from gputerm.input.bindings import Bindings
    from gputerm.input.key_names import keys_of

    for problem in loaded.problems:
        log.report(problem, problem.severity)
    user = [binding.parsed() for binding in loaded.config.keyboard.bindings]
    for action, keys in keys_of(Bindings(user)).items():
        output.show(f"{action.value} - {action.doc}")
        for key in keys:
            output.show(f"    {key}")
    return 0


def _ssh(arguments: Sequence[str]) -> int:
    from gputerm.host import ssh

    try:
        return ssh.run(arguments, os.environ)
    except OSError as error:
        log.report(f"can't start ssh: {error.strerror}")
        return 127


def _check_config(config_file: str | None, loaded: Loaded) -> int:
    from gputerm.config import find_file
    from gputerm.configured import geometry
    from gputerm.errors import ExitCode

    lines = [*map(str, loaded.problems), *geometry.font_problems(loaded.config)]
    for line in lines:
        output.show(line)
    if any(problem.severity == "error" for problem in loaded.problems):
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


def _absolute(path: str | None) -> str | None:
    if path is None:
        return None
    from gputerm.paths import absolute

    return absolute(path)
