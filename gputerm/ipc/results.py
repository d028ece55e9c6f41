"""What the client library's calls return: the answers of commands.py as types.

A test holds each against the command's schema; what the members mean, docs/ipc.md says.
"""

from __future__ import annotations

from typing import Any, Literal, NotRequired, TypedDict

__all__ = [
    "RESULTS",
    "AuditRecord",
    "Audited",
    "Block",
    "Blocks",
    "Closed",
    "Cost",
    "Created",
    "Delays",
    "Event",
    "Foreground",
    "Listed",
    "Match",
    "Matches",
    "Place",
    "Placed",
    "PlacedWindow",
    "Problem",
    "ProcessCost",
    "Reloaded",
    "Resized",
    "Screenshot",
    "Scrolled",
    "Size",
    "Statistics",
    "Subscribed",
    "Text",
    "TrustLevel",
    "Version",
    "Waited",
    "Window",
    "WindowCost",
    "Windows",
]

TrustLevel = Literal["trusted", "default", "untrusted"]


class Problem(TypedDict):
    """What is wrong with a configuration, and where."""

    severity: str  #: error or warning
    file: str
    line: int | None
    key: str
    message: str


class Created(TypedDict):
    window_id: int
    pid: int
    tty: str | None
    problems: list[Problem]  #: with the options given
    exit_status: NotRequired[int | None]  #: with `wait`; None: the window was closed before


class Reloaded(TypedDict):
    problems: list[Problem]


class Windows(TypedDict):
    """The ids of the windows that a command acted on."""

    windows: list[int]


class Foreground(TypedDict):
    pid: int
    command: list[str] | None


class Window(TypedDict):
    """One window in `list`."""

    id: int
    title: str
    columns: int
    lines: int
    width: int  #: pixels
    height: int
    cwd: str | None
    command: list[str]
    pid: int
    tty: str | None
    foreground: Foreground | None  #: who has the terminal now
    focused: bool
    trust: TrustLevel
    visible: bool  #: neither hidden nor minimised
    alternate_screen: bool
    at_prompt: bool | None  #: None: the shell sends no marks
    block: int | None  #: the number of the command being typed or run
    last_exit_status: int | None
    exit_status: int | None  #: of the program, when the window is held
    history: int  #: lines above the screen
    lines_back: int  #: scrolled
    font_size: float  #: points
    opened_at: float  #: seconds since the epoch
    x11_id: int | None


class Closed(TypedDict):
    """A window that was closed."""

    id: int
    title: str
    exit_status: int | None  #: None: it was closed before its program ended
    closed_at: float  #: seconds since the epoch


class Listed(TypedDict):
    windows: list[Window]
    closed: list[Closed]  #: the last 1,000, oldest first


class Size(TypedDict):
    id: int
    columns: int
    lines: int


class Resized(TypedDict):
    windows: list[Size]


class PlacedWindow(TypedDict):
    id: int
    x: int | None
    y: int | None
    width: int
    height: int
    columns: int
    lines: int


class Placed(TypedDict):
    windows: list[PlacedWindow]


class Text(TypedDict):
    text: NotRequired[str]
    document: NotRequired[dict[str, Any]]  #: with format "json"; see docs/dump.schema.json


class Screenshot(TypedDict):
    png: str  #: in base64
    width: int
    height: int


class Place(TypedDict):
    id: int
    line: int  #: number of the first line shown
    lines_back: int


class Scrolled(TypedDict):
    windows: list[Place]


class Waited(TypedDict):
    window: int
    reason: Literal["text", "quiet", "command", "exit"]
    value: Any  #: the text matched, or the exit code; None when there is none


class Block(TypedDict):
    """A command that was run in a window."""

    number: int
    state: Literal["typed", "running", "finished", "aborted"]
    command: str | None
    cwd: str | None
    host: str | None  #: of `cwd`, if the shell said it
    exit_code: int | None
    started_at: float | None  #: seconds since the epoch
    finished_at: float | None
    prompt_line: int
    output_line: int | None
    end_line: int | None  #: the first one that isn't output
    text: NotRequired[str]


class Blocks(TypedDict):
    blocks: list[Block]


class Match(TypedDict):
    line: int
    column: int
    text: str
    context: str  #: the whole line


class Matches(TypedDict):
    matches: list[Match]
    more: bool  #: there may be older ones


class Subscribed(TypedDict):
    seq: int  #: number of the newest event before


class AuditRecord(TypedDict):
    time: float
    window: int
    what: str  #: a privilege of the table in docs/ipc.md
    allowed: bool
    size: int  #: bytes or characters


class Audited(TypedDict):
    records: list[AuditRecord]


class Delays(TypedDict):
    """Seconds; None where nothing was measured."""

    count: int
    mean: float | None
    p50: float | None
    p90: float | None
    p99: float | None
    max: float | None


class Cost(TypedDict):
    """What was received and drawn, and what that took."""

    uptime: float  #: seconds, as all times here
    bytes_received: int
    parse_seconds: float
    frames: int
    draw_seconds: float
    key_to_swap: Delays


class ProcessCost(Cost):
    pid: int
    memory: int | None  #: bytes that are resident


class WindowCost(Cost):
    id: int


class Statistics(TypedDict):
    process: ProcessCost  #: with windows that are closed
    windows: list[WindowCost]


class Version(TypedDict):
    version: str
    protocol: int


class Event(TypedDict):
    """What happened to a window; which members come with which event, docs/ipc.md says."""

    seq: int
    time: float
    event: str
    window: int | None
    pid: NotRequired[int]
    tty: NotRequired[str | None]
    focused: NotRequired[bool]
    title: NotRequired[str]
    host: NotRequired[str]
    path: NotRequired[str]
    block: NotRequired[int]
    command: NotRequired[str]
    exit_code: NotRequired[int | None]
    lines: NotRequired[int]
    columns: NotRequired[int]
    exit_status: NotRequired[int | None]
    body: NotRequired[str]
    id: NotRequired[str]
    urgency: NotRequired[str]
    message: NotRequired[str]
    what: NotRequired[str]
    allowed: NotRequired[bool]
    size: NotRequired[int]


#: By command: the type of its answer.
RESULTS: dict[str, Any] = {
    "create-window": Created,
    "config": None,
    "get-config": Any,
    "reload-config": Reloaded,
    "set-font-size": Windows,
    "action": Windows,
    "list": Listed,
    "close": Windows,
    "focus": Windows,
    "resize": Resized,
    "place": Placed,
    "set-title": Windows,
    "get-text": Text,
    "screenshot": Screenshot,
    "scroll": Scrolled,
    "send-text": Windows,
    "send-keys": Windows,
    "wait": Waited,
    "blocks": Blocks,
    "search": Matches,
    "subscribe": Subscribed,
    "audit": Audited,
    "set-trust": Windows,
    "statistics": Statistics,
    "quit": None,
    "ping": None,
    "version": Version,
    "schema": dict[str, Any],
}
