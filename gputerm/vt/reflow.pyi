from gputerm.vt.history import History
from gputerm.vt.screen import Screen

class Reflow:
    places: list[tuple[int, int]]
    def __init__(
        self, old: History, columns: int, anchors: list[tuple[int, int, bool]]
    ) -> None: ...
    def run(self) -> History: ...

def resize_screen(
    screen: Screen, lines: int, columns: int, anchors: list[tuple[int, int]]
) -> list[tuple[int, int]]: ...
