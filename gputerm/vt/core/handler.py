"""Handler: the interface through which the compiled screen hands a control function to Python.

`Screen` does everything hot itself. Whatever is rare, answers something or touches the world goes
to the one `Handler` it was given; functions/dispatch.py has it. A handler may call and change the
screen. It should raise nothing; should it do so all the same, the sequence is dropped, parsing goes
on, and the owner of the terminal is told (failures.py).
"""

from typing import Protocol, TypeAlias

Params: TypeAlias = list[list[int]]  #: each with its sub-parameters, -1 where left out


class Handler(Protocol):
    """Intermediates are packed, first | second << 8; a prefix is one of `<=>?` or 0."""

    def csi(self, prefix: int, intermediates: int, final: int, params: Params) -> None:
        """A CSI sequence."""

    def esc(self, intermediates: int, final: int) -> None:
        """An ESC sequence that is not an introducer."""

    def osc(self, data: bytes, bel: bool) -> None:
        """A complete OSC string; `bel` says that BEL ended it rather than ST."""

    def dcs(self, prefix: int, intermediates: int, final: int, params: Params, data: bytes) -> None:
        """A complete DCS string with its parameters."""

    def apc(self, data: bytes) -> None:
        """A complete APC string."""

    def execute(self, code: int) -> None:
        """A C0 or C1 control that the screen does not do itself (BEL, ENQ, …)."""
