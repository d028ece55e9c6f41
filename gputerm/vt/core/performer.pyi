from gputerm.vt.core.budget import Budget
from gputerm.vt.core.handler import Handler
from gputerm.vt.core.handler_failures import Failures

class Performer:
    handler: Handler | None
    utf8: bool
    budget: Budget
    failures: Failures
    interruption: BaseException | None
    def __init__(self) -> None: ...
