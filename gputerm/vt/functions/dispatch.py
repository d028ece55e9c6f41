"""Dispatch: the Handler that looks up what Screen hands on, and runs it on a Machine."""

from __future__ import annotations

from typing import TYPE_CHECKING

from gputerm.vt import report
from gputerm.vt.functions import catalogue, osc, settings

if TYPE_CHECKING:
    from gputerm.vt.core.handler import Params
    from gputerm.vt.machine import Machine


class Dispatch:
    """Called by compiled code only; see core/handler.py for the arguments."""

    def __init__(self, terminal: Machine) -> None:
        self._terminal = terminal

    def csi(self, prefix: int, intermediates: int, final: int, params: Params) -> None:
        function = catalogue.CSI.get((prefix, intermediates, final))
        if function is None or function.run is None:
            self._terminal.unhandled(f"CSI {prefix:#x} {intermediates:#x} {final:#x}")
        else:
            function.run(self._terminal, params)

    def esc(self, intermediates: int, final: int) -> None:
        introducer = chr(intermediates & 0xFF)
        if introducer in "()*+-./" and intermediates:
            second = chr(intermediates >> 8) if intermediates >> 8 else ""
            settings.designate(self._terminal, introducer, second + chr(final))
            return
        function = catalogue.ESC.get((0, intermediates, final))
        if function is None or function.run is None:
            self._terminal.unhandled(f"ESC {intermediates:#x} {final:#x}")
        else:
            function.run(self._terminal, [])

    def osc(self, data: bytes, bel: bool) -> None:
        osc.dispatch(self._terminal, data, b"\a" if bel else report.ST)

    def dcs(self, prefix: int, intermediates: int, final: int, params: Params, data: bytes) -> None:
        function = catalogue.DCS.get((prefix, intermediates, final))
        if function is None or function.run_string is None:
            self._terminal.unhandled(f"DCS {prefix:#x} {intermediates:#x} {final:#x}")
        else:
            function.run_string(self._terminal, params, data)

    def apc(self, _data: bytes) -> None:
        """Nothing: kitty's graphics, the one known use, are not drawn."""

    def execute(self, code: int) -> None:
        if code == 0x07:
            self._terminal.ring()
        elif code == 0x9A:
            catalogue.ESC[0, 0, ord("Z")].run(self._terminal, [])  # type: ignore[misc]
