from typing import Any

from gputerm.vt.core.performer import Performer

class Trace(Performer):
    calls: list[tuple[Any, ...]]
    def __init__(self) -> None: ...
