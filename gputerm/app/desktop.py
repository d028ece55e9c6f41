"""What a window exchanges with the desktop: clipboard, dropped files, links, programs beside it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Protocol

from gputerm.host import detached
from gputerm.policy.links import Opening, opening_of

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from gputerm.config import Config
    from gputerm.pane.events import ClipboardAsked
    from gputerm.pane.pane import Pane
    from gputerm.pane.typing import Paste
    from gputerm.view.question import Questions
    from gputerm.view.surfaces import Surfaces
    from gputerm.window.display import Display


class ClipboardProcess(Protocol):
    """The process, which has the display."""

    display: Display

    def request_clipboard(
        self,
        window: Any,
        answer: Callable[[str, str | None], None],
        *,
        primary: bool,
        wanted: Callable[[], bool],
    ) -> None: ...


class DesktopWindow(Protocol):
    """The window, which has a pane, asks, and says what goes wrong."""

    @property
    def config(self) -> Config: ...
    @property
    def pane(self) -> Pane: ...
    @property
    def surfaces(self) -> Surfaces: ...
    @property
    def questions(self) -> Questions: ...
    @property
    def owner(self) -> ClipboardProcess: ...
    def advise(self, message: str) -> None: ...


class Desktop:
    """The desktop, as one window meets it."""

    def __init__(self, window: DesktopWindow) -> None:
        self._window = window

    def copy(self, *, primary: bool) -> None:
        """Put the selected text, if there is any, on the clipboard or the primary selection."""
        if text := self._window.pane.view.selected_text():
            self._window.owner.display.set_clipboard(text, primary=primary)

    def selected(self) -> None:
        """The user has selected something: it goes where such things are to go."""
        self.copy(primary=True)
        if self._window.config.selection.save_to_clipboard:
            self.copy(primary=False)

    def paste(self, *, primary: bool) -> None:
        """Type the clipboard or the primary selection, as soon as its owner has told us the text.

        Escape, until then, calls it off. While a surface has the keyboard it is the surface's.
        """
        if (surface := self._window.surfaces.keyboard) is not None:
            self._request(
                lambda text, problem: surface.paste(text),
                primary=primary,
                wanted=lambda: surface is self._window.surfaces.keyboard,
            )
        elif (paste := self._window.pane.typing.expect_paste()) is not None:

            def came(text: str, problem: str | None) -> None:
                if problem is not None:
                    self._window.advise(problem)
                self._offer(paste, text)

            self._request(came, primary=primary, wanted=lambda: paste.wanted)

    def _offer(self, paste: Paste, text: str) -> None:
        from gputerm.app.pasting import offer  # in time for the first paste

        offer(self._window, paste, text)

    def answer(self, question: ClipboardAsked) -> None:
        """Tell the program what a selection holds, when its owner has told us."""
        self._request(
            lambda text, problem: question.answer(text),
            primary=question.primary,
            wanted=lambda: True,
        )

    def _request(
        self,
        answer: Callable[[str, str | None], None],
        *,
        primary: bool,
        wanted: Callable[[], bool],
    ) -> None:
        window = self._window
        window.owner.request_clipboard(window, answer, primary=primary, wanted=wanted)

    def drop(self, text: str, *, is_file: bool) -> None:
        """A file's path, quoted for the shell, or text was dropped on the window."""
        if is_file:
            text = "'" + text.replace("'", "'\\''") + "' "
        if (surface := self._window.surfaces.keyboard) is not None:
            surface.paste(text)
        elif (paste := self._window.pane.typing.expect_paste()) is not None:
            self._offer(paste, text)

    def run(self, argv: Sequence[str]) -> None:
        """Start a program beside the terminal, in the directory of the one in it."""
        try:
            detached.start(argv, self._window.pane.directory)
        except OSError as error:
            self._window.advise(f'can\'t start "{argv[0]}": {error.strerror}')

    def open_link(self, uri: str) -> None:
        """Give an address that the user chose to the desktop, or ask first."""
        window, opening = self._window, opening_of(uri)
        if not window.pane.may_open_link(uri):
            window.advise("this link is not opened: its window is not trusted")
        elif opening is Opening.NEVER:
            window.advise("this link is not opened: it could do more than show something")
        elif opening is Opening.ASKED:
            self._ask_to_open(uri)
        else:
            self.run((detached.OPENER, uri))

    def _ask_to_open(self, uri: str) -> None:
        from gputerm.view.question import Choice, Question  # seldom asked

        def answered(key: str) -> None:
            if key == "y":
                self.run((detached.OPENER, uri))

        scheme = uri.partition(":")[0].lower()
        choices = Choice("y", "Open"), Choice("n", "Don't open")
        self._window.questions.ask(Question(f"Open this {scheme} link?", choices, answered, uri))
