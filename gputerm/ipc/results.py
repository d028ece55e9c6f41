"""The answers of the commands as types; each command's row names its own.

What a member means is said here, where its name doesn't: as the text of Annotated, which `gputerm
msg schema` and docs/ipc.md show. Functions in gputerm/control return these, so mypy compares what
they build with what is promised, and the client library's methods return them too.
"""

from __future__ import annotations

from typing import Annotated, Any, Literal, NotRequired, TypedDict

__all__ = [
    "AuditRecord",
    "Audited",
    "Block",
    "Blocks",
    "Closed",
    "ConfigValue",
    "Cost",
    "Costs",
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
    "Schema",
    "Screenshot",
    "Scrolled",
    "Size",
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

    severity: Literal["error", "warning"]
    file: str
    line: int | None
    column: int | None
    key: str
    message: str


class Created(TypedDict):
    window_id: int
    pane_id: Annotated[int, "of the pane that the program runs in"]
    pid: int
    tty: str | None
    problems: Annotated[list[Problem], "with the options given"]
    exit_status: NotRequired[
        Annotated[int | None, "with `wait`; null: the window was closed before"]
    ]


class Reloaded(TypedDict):
    problems: list[Problem]


ConfigValue = Annotated[Any, "an object; the value alone when a key was asked for"]


class Windows(TypedDict):
    """What a command acted on."""

    windows: Annotated[list[int], "the ids of those that were acted on"]
    panes: Annotated[list[int], "the ids of their panes, in the same order"]


class Foreground(TypedDict):
    pid: int
    command: list[str] | None


class Window(TypedDict):
    """One window in `list`."""

    id: int
    pane_id: int
    title: str
    columns: int
    lines: int
    width: Annotated[int, "pixels"]
    height: Annotated[int, "pixels"]
    cwd: str | None
    command: list[str]
    pid: int
    tty: str | None
    foreground: Annotated[Foreground | None, "who has the terminal now"]
    focused: bool
    trust: TrustLevel
    visible: Annotated[bool, "neither hidden nor minimised"]
    alternate_screen: bool
    at_prompt: Annotated[bool | None, "null: the shell sends no marks"]
    block: Annotated[int | None, "the number of the command being typed or run"]
    last_exit_status: int | None
    exit_status: Annotated[int | None, "of the program, when the window is held"]
    history: Annotated[int, "lines above the screen"]
    lines_back: Annotated[int, "scrolled"]
    font_size: Annotated[float, "points"]
    opened_at: Annotated[float, "seconds since the epoch"]
    x11_id: int | None


class Closed(TypedDict):
    """A window that was closed."""

    id: int
    pane_id: int
    title: str
    exit_status: Annotated[int | None, "null: it was closed before its program ended"]
    closed_at: Annotated[float, "seconds since the epoch"]


class Listed(TypedDict):
    windows: list[Window]
    closed: Annotated[list[Closed], "the last 1,000, oldest first"]


class Size(TypedDict):
    id: int
    pane_id: int
    columns: int
    lines: int


class Resized(TypedDict):
    windows: list[Size]


class PlacedWindow(TypedDict):
    id: int
    pane_id: int
    x: Annotated[int | None, "pixels; null: nobody knows (Wayland)"]
    y: int | None
    width: Annotated[int, "pixels"]
    height: Annotated[int, "pixels"]
    columns: int
    lines: int


class Placed(TypedDict):
    windows: list[PlacedWindow]


class Text(TypedDict):
    text: NotRequired[str]
    document: NotRequired[
        Annotated[dict[str, Any], "with format `json`, instead of text; see docs/dump.schema.json"]
    ]


class Screenshot(TypedDict):
    png: Annotated[str, "in base64"]
    width: int
    height: int


class Place(TypedDict):
    id: int
    pane_id: int
    line: Annotated[int, "the number of the first line shown"]
    lines_back: Annotated[int, "scrolled"]


class Scrolled(TypedDict):
    windows: list[Place]


class Waited(TypedDict):
    window: int
    pane_id: int
    reason: Literal["text", "quiet", "command", "exit"]
    value: Annotated[Any, "the text matched, or the exit code; null when there is none"]


class Block(TypedDict):
    """A command that was run in a window."""

    number: int
    state: Literal["typed", "running", "finished", "aborted"]
    command: str | None
    cwd: str | None
    host: Annotated[str | None, "of `cwd`, if the shell said it"]
    exit_code: int | None
    started_at: Annotated[float | None, "seconds since the epoch"]
    finished_at: float | None
    prompt_line: int
    output_line: int | None
    end_line: Annotated[int | None, "the first one that isn't output"]
    text: NotRequired[Annotated[str, "what it wrote, if that was asked for"]]


class Blocks(TypedDict):
    blocks: list[Block]


class Match(TypedDict):
    line: int
    column: int
    text: str
    context: Annotated[str, "the whole line"]


class Matches(TypedDict):
    matches: list[Match]
    more: Annotated[bool, "there may be older ones"]


class Subscribed(TypedDict):
    seq: Annotated[int, "the number of the newest event before"]


class AuditRecord(TypedDict):
    time: Annotated[float, "seconds since the epoch"]
    window: int
    pane_id: int
    what: Annotated[str, "a privilege of the table below"]
    allowed: bool
    size: Annotated[int, "bytes or characters"]


class Audited(TypedDict):
    records: list[AuditRecord]


class Delays(TypedDict):
    """Seconds; None where nothing was measured."""

    count: int
    mean: Annotated[float | None, "seconds; null where nothing was measured"]
    p50: float | None
    p90: float | None
    p99: float | None
    max: float | None


class Cost(TypedDict):
    """What was received and drawn, and what that took."""

    uptime: Annotated[float, "seconds, as all times here"]
    bytes_received: int
    parse_seconds: float
    frames: int
    draw_seconds: float
    key_to_swap: Delays


class ProcessCost(Cost):
    pid: int
    memory: Annotated[int | None, "bytes that are resident; null: the system doesn't say"]


class WindowCost(Cost):
    id: int
    pane_id: int
    history_bytes: Annotated[int, "memory of the lines above the screen"]


class Costs(TypedDict):
    process: Annotated[ProcessCost, "with windows that are closed"]
    windows: list[WindowCost]


class Version(TypedDict):
    version: str
    protocol: Annotated[int, "grows when a client written for the last one would break"]


Schema = Annotated[dict[str, Any], "JSON schemas of all commands"]


class Event(TypedDict):
    """What happened to a window; which members come with which event, docs/ipc.md says."""

    seq: int
    time: float
    event: str
    window: int | None
    pane_id: int | None
    pid: NotRequired[int]
    tty: NotRequired[str | None]
    focused: NotRequired[bool]
    title: NotRequired[str]
    host: NotRequired[str]
    path: NotRequired[str]
    block: NotRequired[int]
    command: NotRequired[str]
    exit_code: NotRequired[int | None]
    seconds: NotRequired[float | None]
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
