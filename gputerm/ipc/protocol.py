"""JSON-RPC 2.0 over a byte stream, one message a line; no sockets, no commands.

    bytes ─▶ LineDecoder ─▶ line ─▶ decode() ─▶ JSON value ─▶ calls() ─▶ Call | Fault
    bytes ◀─ result(), error(), notification()

Lines are UTF-8 and end with LF; the last may end with the stream. Whatever a peer sends is answered
by a Fault and never raises anything else. Fault messages name no content: it may be a paste.
`gputerm msg` imports this module at its start, so it stays light: json only where it is used.
[JSON-RPC 2.0 Specification; RFC 8259]
"""

from __future__ import annotations

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any, NoReturn

__all__ = [
    "Call",
    "Fault",
    "LineDecoder",
    "Written",
    "calls",
    "decode",
    "encode",
    "error",
    "notification",
    "result",
    "written",
    "written_text",
]

VERSION = 1  #: of our commands; grows when a client written for the last one would break

MAX_LINE = 1 << 20  #: bytes of one message: the largest sane argument is a pasted text
MAX_DEPTH = 64  #: of nested arrays and objects: ours need 6
MAX_BATCH = 100  #: calls in one batch

# The codes are part of the protocol: never renumbered. -32768 to -32000 belong to JSON-RPC.
PARSE_ERROR = -32700  #: not JSON, or JSON that can't be trusted to mean one thing
INVALID_REQUEST = -32600  #: JSON that is no call
METHOD_NOT_FOUND = -32601
INVALID_PARAMS = -32602
INTERNAL_ERROR = -32603  #: our mistake
TOO_LONG = -32001  #: a line over MAX_LINE; the connection is closed
TOO_MANY = -32002  #: too many connections, calls in a batch, or waits
UNFINISHED = -32003  #: an unfinished line; the connection is closed
SHUTTING_DOWN = -32004  #: gputerm ended before it answered
FAILED = 1  #: the command was understood and couldn't be done; the message says why
NO_SUCH_WINDOW = 2
INVALID_OPTION = 3  #: a configuration option that doesn't exist or doesn't take this value
IN_VAIN = 4  #: what was waited for didn't happen in the time given
DISPLAY_CANT = 5  #: not on this kind of display: on Wayland no program moves or focuses windows
ENDED = 6  #: the window's program has ended, or the window was closed


class Fault(Exception):  # noqa: N818  # the protocol calls it an error, Python would too
    """Why a message is refused: one of the codes above, one line for people, data for programs."""

    def __init__(self, code: int, message: str, data: Any = None) -> None:
        super().__init__(message)
        self.code = code
        self.message = message
        self.data = data


class Call:
    """One request. `id` is a string, a number or None; meaningless when `notification`."""

    __slots__ = ("id", "method", "notification", "params")

    def __init__(self, method: str, params: Any, id: Any = None, *, notification: bool) -> None:
        self.method = method
        self.params = params  #: as received: dict, list, or None when left out
        self.id = id
        self.notification = notification  #: wants no answer


class Written:
    """A result that is JSON already, in pieces: writing a long one, or joining it, in one go would
    hold up everybody.
    """

    __slots__ = ("pieces",)

    def __init__(self, *pieces: bytes) -> None:
        self.pieces = pieces


class LineDecoder:
    """Cuts a stream into lines; holds at most MAX_LINE bytes.

    Any split of the same bytes gives the same lines.
    """

    def __init__(self, limit: int = MAX_LINE) -> None:
        self._limit = limit
        self._partial = bytearray()

    @property
    def partial(self) -> int:
        """Bytes of an unfinished line that waits for its end."""
        return len(self._partial)

    def feed(self, data: bytes) -> list[bytes]:
        """The lines that `data` completes, without LF. Raises Fault(TOO_LONG), all is dropped."""
        *lines, rest = data.split(b"\n")
        if lines:
            lines[0] = bytes(self._partial) + lines[0]
            self._partial.clear()
        if len(self._partial) + len(rest) > self._limit or any(
            len(line) > self._limit for line in lines
        ):
            self._partial.clear()
            raise Fault(TOO_LONG, f"a message may have {self._limit} bytes at most")
        self._partial += rest
        return lines

    def finish(self) -> bytes:
        """At the end of the stream: the last line, if it had no LF; else empty."""
        line = bytes(self._partial)
        self._partial.clear()
        return line


def decode(line: bytes) -> Any:
    """The JSON value of one line. Raises Fault(PARSE_ERROR).

    Stricter than the json module, where parsers would disagree: no NaN or infinity, no key twice,
    no lone surrogates, no more than MAX_DEPTH levels.
    """
    import json

    try:
        text = line.decode()
    except UnicodeDecodeError as error:
        raise Fault(PARSE_ERROR, f"not UTF-8 at byte {error.start}") from None
    try:
        value = json.loads(
            text, object_pairs_hook=_unique, parse_constant=_no_constant, parse_float=_finite
        )
    except json.JSONDecodeError as error:
        raise Fault(PARSE_ERROR, f"not JSON at byte {error.pos}: {error.msg}") from None
    except RecursionError:
        raise Fault(PARSE_ERROR, f"nested deeper than {MAX_DEPTH} levels") from None
    except ValueError:
        # Python refuses to convert integers of thousands of digits.
        raise Fault(PARSE_ERROR, "a number is too large") from None
    _check(value)
    return value


def calls(value: Any) -> list[Call | Fault]:
    """The calls in a message; a batch has several. A Fault stands where a call is malformed.

    Raises Fault for a batch as a whole: empty, or over MAX_BATCH.
    """
    if not isinstance(value, list):
        return [_call(value)]
    if not value:
        raise Fault(INVALID_REQUEST, "an empty batch")
    if len(value) > MAX_BATCH:
        raise Fault(TOO_MANY, f"a batch may have {MAX_BATCH} calls at most")
    return [_call(item) for item in value]


def encode(value: Any) -> bytes:
    """One line of JSON, with its LF."""
    import json

    text = json.dumps(value, ensure_ascii=False, allow_nan=False, separators=(",", ":"))
    # A file name that isn't UTF-8 reaches us with surrogates; JSON can't carry it.
    return text.encode(errors="replace") + b"\n"


def notification(method: str, params: Any) -> bytes:
    """A line that the server sends by itself."""
    return encode({"jsonrpc": "2.0", "method": method, "params": params})


def written(value: Any) -> bytes:
    """A value as JSON, a piece of a `Written` one."""
    return encode(value)[:-1]


def written_text(text: str) -> bytes:
    """A piece of a text as JSON; quotes stand around all the pieces."""
    return written(text)[1:-1]


def result(id: Any, value: Any) -> list[bytes]:
    """The answer to a call that worked, in pieces."""
    if isinstance(value, Written):
        head = written({"jsonrpc": "2.0", "id": id})[:-1] + b',"result":'
        return [head, *value.pieces, b"}\n"]
    return [encode({"jsonrpc": "2.0", "id": id, "result": value})]


def error(id: Any, fault: Fault) -> bytes:
    """The answer to a call that didn't; `id` is None when it couldn't be read."""
    body: dict[str, Any] = {"code": fault.code, "message": fault.message}
    if fault.data is not None:
        body["data"] = fault.data
    return encode({"jsonrpc": "2.0", "id": id, "error": body})


def _call(value: Any) -> Call | Fault:
    if not isinstance(value, dict):
        return Fault(INVALID_REQUEST, "a call is a JSON object")
    if value.get("jsonrpc") != "2.0":
        return Fault(INVALID_REQUEST, 'a call needs "jsonrpc": "2.0"')
    id = value.get("id")
    if isinstance(id, bool) or not isinstance(id, str | int | float | None):
        return Fault(INVALID_REQUEST, "an id is a string or a number")
    method = value.get("method")
    if not isinstance(method, str):
        return Fault(INVALID_REQUEST, "a call needs a method")
    params = value.get("params")
    if not isinstance(params, dict | list | None):
        return Fault(INVALID_REQUEST, "params are an object or an array")
    return Call(method, params, id, notification="id" not in value)


def _check(value: Any) -> None:
    """Depth and surrogates, without recursion."""
    level = [value]
    for _ in range(MAX_DEPTH + 1):
        below = []
        for item in level:
            if isinstance(item, str):
                _check_text(item)
            elif isinstance(item, list):
                below += item
            elif isinstance(item, dict):
                below += item.keys()
                below += item.values()
        if not below:
            return
        level = below
    raise Fault(PARSE_ERROR, f"nested deeper than {MAX_DEPTH} levels")


def _check_text(text: str) -> None:
    if text.isascii():
        return
    try:
        text.encode()
    except UnicodeEncodeError:
        raise Fault(PARSE_ERROR, "half of a surrogate pair in a string") from None


def _unique(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    object = dict(pairs)
    if len(object) != len(pairs):
        raise Fault(PARSE_ERROR, "a key stands twice in one object")
    return object


def _no_constant(name: str) -> NoReturn:
    raise Fault(PARSE_ERROR, f"{name} is not JSON")


def _finite(text: str) -> float:
    number = float(text)
    if number in (float("inf"), float("-inf")):
        raise Fault(PARSE_ERROR, "a number is too large")
    return number
