"""What a command line asks for, after it has been understood.

Plain records that `cli`, `app` and the IPC commands share. Nothing here reads argv, a file or the
environment, and None always means "not asked for": the configuration or the default decides.
"""

from gputerm.errors import UsageError
from gputerm.records import Record


class Options(Record, kw_only=True):
    """One window: `gputerm …` and `gputerm msg create-window …` ask for the same things."""

    command: tuple[str, ...] = ()  #: argv of the program; empty = terminal.shell
    working_directory: str | None = None  #: absolute path where the program starts
    hold: bool = False  #: keep the window after the program has ended
    title: str | None = None  #: fixed title; the program can't change it
    class_general: str | None = None  #: WM_CLASS class, Wayland app id
    class_instance: str | None = None  #: WM_CLASS instance
    environment: tuple[str, ...] = ()  #: "NAME=VALUE", added to what the program starts with
    activation_token: str | None = None  #: the launcher's word that the window may have the focus
    trust: str | None = None  #: a value of trust.Trust
    overrides: tuple[str, ...] = ()  #: TOML snippets "KEY=VALUE", later ones win


class StartOptions(Options, kw_only=True):
    """A process with its first window. Its overrides hold for every window of the process."""

    config_file: str | None = None  #: read instead of the first file found
    socket: str | None = None  #: path of the IPC socket; also turns general.ipc_socket on
    daemon: bool = False  #: open no window, and stay when the last one closes
    headless: bool = False  #: connect to no display: windows that nobody sees
    verbosity: int = 0  #: how much is told on standard error; see log.py
    perf_log: str | None = None  #: file that gets a line for each frame
    test_reports: bool = False  #: answer what conformance tests ask: programs can read the screen


class RenderOptions(Record, kw_only=True):
    """A picture without a window. Exactly one of `input` and `command` says what is drawn."""

    columns: int = 80
    lines: int = 24
    input: str | None = None  #: file whose bytes are fed to the terminal; "-" = standard input
    onlcr: str = "auto"  #: "auto", "always" or "never": LF of `input` becomes CR LF
    timeout: float | None = None  #: seconds after which what still runs or comes is cut off
    command: tuple[str, ...] = ()  #: argv of a program run to its end on a pty
    working_directory: str | None = None  #: absolute path where the program starts
    png: str | None = None  #: where each form of the last screen goes; "-" = standard output
    json: str | None = None
    text: str | None = None
    test_reports: bool = False  #: answer what conformance tests ask: programs can read the screen


def class_names(value: str | None) -> tuple[str | None, str | None]:
    """What `--class GENERAL[,INSTANCE]` names; one name is both. Raises UsageError."""
    if value is None:
        return None, None
    general, comma, instance = value.partition(",")
    if "," in instance:
        raise UsageError(f"--class takes at most two names, got {value}")
    return general, instance if comma else general
