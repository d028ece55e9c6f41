import numpy as np
from numpy.typing import NDArray

from gputerm.vt.core.printer import Printer

class Motion(Printer):
    tab_stops: NDArray[np.uint8]  #: [columns] 1 where a stop is
    def reset_tab_stops(self) -> None: ...
    def place_cursor(self, line: int, column: int) -> None: ...
