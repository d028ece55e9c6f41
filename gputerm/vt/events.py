"""What the terminal tells the world: frozen values, returned by `Terminal.feed` in order.

Nothing is called back and nothing is done here: whether a title may change, a clipboard may be
written or a window may move is the receiver's decision. Text fields hold what the program sent,
without control characters and cut to the limits stated; they are data to show, never to run.
"""

from dataclasses import dataclass, field
from enum import Enum


@dataclass(frozen=True, slots=True)
class Reply:
    """Bytes owed to the program, in the order it asked."""

    data: bytes


@dataclass(frozen=True, slots=True)
class Bell:
    """BEL. At most one for each call of feed, however many were sent."""

    urgent: bool  #: mode 1042: ask the window manager for attention
    raises: bool  #: mode 1043: bring the window to the front


@dataclass(frozen=True, slots=True)
class TitleChanged:
    title: str  #: at most 1,024 characters; empty: back to the configured title


@dataclass(frozen=True, slots=True)
class IconTitleChanged:
    title: str


@dataclass(frozen=True, slots=True)
class ClipboardSet:
    """OSC 52: the program wants `data` in the selections named."""

    selection: str  #: of the letters c (clipboard), p (primary), q, s and digits 0-7
    data: bytes = field(repr=False)  #: at most 1 MiB; empty clears


@dataclass(frozen=True, slots=True)
class ClipboardQuery:
    """OSC 52: the program asks for a selection; `Terminal.clipboard_reply` words the answer."""

    selection: str
    terminator: bytes


@dataclass(frozen=True, slots=True)
class CwdChanged:
    """OSC 7: the working directory. `host` may be empty; compare it before trusting the path."""

    host: str
    path: str


@dataclass(frozen=True, slots=True)
class PointerShape:
    """OSC 22: a CSS cursor name; empty: the default."""

    name: str


class Urgency(Enum):
    LOW = 0
    NORMAL = 1
    CRITICAL = 2


@dataclass(frozen=True, slots=True)
class Notify:
    """OSC 9, 99, 777: a desktop notification."""

    title: str
    body: str
    id: str = ""  #: of letters, digits and `_+.-`; the same id replaces an earlier one
    urgency: Urgency = Urgency.NORMAL
    only_when: str = "always"  #: always, unfocused, invisible


@dataclass(frozen=True, slots=True)
class NotifyClosed:
    """OSC 99 with p=close: the notification of this id is to go away."""

    id: str


class ProgressState(Enum):
    NONE = 0
    NORMAL = 1
    ERROR = 2
    INDETERMINATE = 3
    PAUSED = 4


@dataclass(frozen=True, slots=True)
class Progress:
    """OSC 9;4: how far a long task is."""

    state: ProgressState
    percent: int  #: 0-100; 0 when the program gave none


class PromptKind(Enum):
    """The parts of a command, named after OSC 133's letters."""

    PROMPT = "A"
    COMMAND = "B"
    OUTPUT = "C"
    FINISHED = "D"


@dataclass(frozen=True, slots=True)
class PromptMark:
    """OSC 133 or 633. `block` is the number of the CommandBlock in `Terminal.blocks`."""

    kind: PromptKind
    line: int  #: stable line
    block: int
    exit_code: int | None = None
    command: str = ""


@dataclass(frozen=True, slots=True)
class Mark:
    """OSC 1337;SetMark."""

    line: int  #: stable line


@dataclass(frozen=True, slots=True)
class ContextChanged:
    """OSC 3008: a nested context (container, remote shell, sudo, command) starts or ends."""

    action: str  #: start or end
    id: str
    fields: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class CursorStyleChanged:
    shape: str  #: block, underline, beam
    blinking: bool


@dataclass(frozen=True, slots=True)
class PaletteChanged:
    """Some colour differs. At most one for each call of feed."""


@dataclass(frozen=True, slots=True)
class ResizeRequest:
    """DECCOLM, DECSLPP, CSI 8 t: the program wants this size.

    With `TerminalOptions.resize_at_once` the terminal already has it and the window should follow;
    otherwise nothing happens until the receiver calls `Terminal.resize`.
    """

    lines: int
    columns: int


@dataclass(frozen=True, slots=True)
class WindowOperation:
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


@dataclass(frozen=True, slots=True)
class UserVar:
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
