"""What the terminal tells the world: frozen values, returned by `Terminal.feed` in order.

Nothing is called back and nothing is done here: whether a title may change, a clipboard may be
written or a window may move is the receiver's decision. Text fields hold what the program sent,
without control characters and cut to the limits stated; they are data to show, never to run.
"""

from enum import Enum

from gputerm.records import Record


class Reply(Record):
    """Bytes owed to the program, in the order it asked."""

    data: bytes


class Bell(Record):
    """BEL. At most one for each call of feed, however many were sent."""

    urgent: bool  #: mode 1042: ask the window manager for attention
    raises: bool  #: mode 1043: xterm brings the window to the front


class TitleChanged(Record):
    title: str  #: at most 1,024 characters; empty: back to the configured title


class IconTitleChanged(Record):
    title: str


class ClipboardSet(Record):
    """OSC 52: the program wants `data` in the selections named."""

    selection: str  #: of the letters c (clipboard), p (primary), q, s and digits 0-7
    data: bytes  #: at most 1 MiB; empty clears

    def __repr__(self) -> str:
        return f"ClipboardSet({self.selection!r}, {len(self.data)} bytes)"


class ClipboardQuery(Record):
    """OSC 52: the program asks for a selection; `Terminal.clipboard_reply` words the answer."""

    selection: str
    terminator: bytes


class CwdChanged(Record):
    """OSC 7: the working directory. `host` may be empty; compare it before trusting the path."""

    host: str
    path: str


class PointerShape(Record):
    """OSC 22: a CSS cursor name; empty: the default."""

    name: str


class Urgency(Enum):
    LOW = 0
    NORMAL = 1
    CRITICAL = 2


class Notify(Record):
    """OSC 9, 99, 777: a desktop notification."""

    title: str
    body: str
    id: str = ""  #: of letters, digits and `_+.-`; the same id replaces an earlier one
    urgency: Urgency = Urgency.NORMAL
    only_when: str = "always"  #: always, unfocused, invisible


class NotifyClosed(Record):
    """OSC 99 with p=close: the notification of this id is to go away."""

    id: str


class ProgressState(Enum):
    NONE = 0
    NORMAL = 1
    ERROR = 2
    INDETERMINATE = 3
    PAUSED = 4


class Progress(Record):
    """OSC 9;4: how far a long task is."""

    state: ProgressState
    percent: int  #: 0-100; 0 when the program gave none


class PromptKind(Enum):
    """The parts of a command, named after OSC 133's letters."""

    PROMPT = "A"
    COMMAND = "B"
    OUTPUT = "C"
    FINISHED = "D"


class PromptMark(Record):
    """OSC 133 or 633. `block` is the number of the CommandBlock in `Terminal.blocks`."""

    kind: PromptKind
    line: int  #: stable line
    block: int
    exit_code: int | None = None
    command: str = ""


class Mark(Record):
    """OSC 1337;SetMark."""

    line: int  #: stable line


class ContextChanged(Record):
    """OSC 3008: a nested context (container, remote shell, sudo, command) starts or ends."""

    action: str  #: start or end
    id: str
    fields: tuple[tuple[str, str], ...]


class CursorStyleChanged(Record):
    shape: str  #: block, underline, beam
    blinking: bool


class PaletteChanged(Record):
    """Some colour differs. At most one for each call of feed."""


class ResizeRequest(Record):
    """DECCOLM, DECSLPP, CSI 8 t: the program wants this size.

    With `TerminalOptions.resize_at_once` the terminal already has it and the window should follow;
    otherwise nothing happens until the receiver calls `Terminal.resize`.
    """

    lines: int
    columns: int


class WindowOperation(Record):
    """XTWINOPS 1-10: a wish about the window, which the receiver may refuse.

    name        arguments
    deiconify, iconify, raise, lower, refresh
    move        x, y in pixels
    resize_px   height, width in pixels; None: keep, 0: as large as the display
    maximize    0 restore, 1 both, 2 vertically, 3 horizontally
    fullscreen  0 leave, 1 enter, 2 toggle
    """

    name: str
    arguments: tuple[int | None, ...] = ()


class UserVar(Record):
    """OSC 1337;SetUserVar."""

    name: str
    value: str


Event = (
    Reply
    | Bell
    | TitleChanged
    | IconTitleChanged
    | ClipboardSet
    | ClipboardQuery
    | CwdChanged
    | PointerShape
    | Notify
    | NotifyClosed
    | Progress
    | PromptMark
    | Mark
    | ContextChanged
    | CursorStyleChanged
    | PaletteChanged
    | ResizeRequest
    | WindowOperation
    | UserVar
)
