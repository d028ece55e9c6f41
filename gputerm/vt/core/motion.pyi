import numpy as np
from numpy.typing import NDArray

from gputerm.vt.core.printer import Printer

class Motion(Printer):
    tab_stops: NDArray[np.uint8]  #: [columns] 1 where a stop is
    def reset_tab_stops(self) -> None:
        """DECST8C: a stop every eight columns."""
    def place_cursor(self, line: int, column: int) -> None:
        """CUP, 0-based; clamped to the screen, or to the margins in origin mode."""
