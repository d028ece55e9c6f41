"""What handlers raised, which none should: kept for whoever owns the terminal to report, once each.

The sequence that failed is dropped and parsing goes on (`Performer.fail`). Kept are the exception,
whose message may hold text of the program's and must not be shown, and the function's name, which
holds none.
"""

from types import TracebackType

from gputerm.records import Record

_MAX = 64  # Places worth a report each; after so many different mistakes no more help.


class Failure(Record):
    error: Exception
    function: str  #: what was asked for: "CSI ?$p", "OSC 4"


class Failures:
    """Those not yet taken; of each type and place only the first."""

    def __init__(self) -> None:
        self._waiting: list[Failure] = []
        self._seen: set[tuple[type, str, int]] = set()

    def add(self, error: Exception, function: str) -> None:
        place = type(error), *_innermost(error.__traceback__)
        if place not in self._seen and len(self._seen) < _MAX:
            self._seen.add(place)
            self._waiting.append(Failure(error, function))

    def take(self) -> list[Failure]:
        """Each is told once."""
        taken, self._waiting = self._waiting, []
        return taken


def _innermost(traceback: TracebackType | None) -> tuple[str, int]:
    while traceback is not None and traceback.tb_next is not None:
        traceback = traceback.tb_next
    return (traceback.tb_frame.f_code.co_filename, traceback.tb_lineno) if traceback else ("", 0)


def sequence_name(kind: str, prefix: int, intermediates: int, final: int) -> str:
    """`CSI ?$p`: what the parser passes, without parameters."""
    codes = (prefix, intermediates & 0xFF, intermediates >> 8, final)
    return f"{kind} {''.join(chr(code) for code in codes if code)}"


def osc_name(data: bytes) -> str:
    """`OSC 4`; only a number, since the rest may hold anything."""
    number = data.partition(b";")[0]
    return f"OSC {number.decode()}" if number.isdigit() and len(number) <= 4 else "OSC"
