from gputerm.vt.budget import Budget
from gputerm.vt.handler import Handler

MAX_PARAMS: int

class Performer:
    handler: Handler | None
    utf8: bool
    budget: Budget
    failure: BaseException | None
    def __init__(self) -> None: ...
