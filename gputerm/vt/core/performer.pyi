from gputerm.vt.budget import Budget
from gputerm.vt.failures import Failures
from gputerm.vt.handler import Handler

MAX_PARAMS: int

class Performer:
    handler: Handler | None
    utf8: bool
    budget: Budget
    failures: Failures
    interruption: BaseException | None
    def __init__(self) -> None: ...
