"""A question for the text of a selection, as it goes from the main thread to X11's and back."""

from collections.abc import Callable


class Asked:
    """Somebody waits for a selection's text."""

    __slots__ = ("answer", "primary", "wanted")

    def __init__(
        self,
        answer: Callable[[str, str | None], None],
        *,
        primary: bool,
        wanted: Callable[[], bool] = lambda: True,
    ) -> None:
        self.answer = answer  #: called with the text, and why there is none in a line for the user
        self.primary = primary
        self.wanted = wanted  #: whether it still is; called in any thread
