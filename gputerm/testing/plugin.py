"""The plugin for pytest: sessions as a fixture, and screens that are compared with recorded ones.

Nothing of gputerm is imported before a test asks for it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from gputerm.testing.session import Session

__all__ = ["gputerm", "pytest_addoption", "screen_text"]

UPDATE = "--gputerm-update"
#: Beside the file of the test.
FOLDER = "gputerm_screens"
#: A screen at rest that differs may still change, for so many seconds.
_RETRY_S = 2.0


def pytest_addoption(parser: pytest.Parser) -> None:
    """The plugin's option."""
    group = parser.getgroup("gputerm")
    group.addoption(UPDATE, action="store_true", help="record the screens that tests compare anew")


class Sessions:
    """Makes the sessions of a test: gputerm("vim"), gputerm.shell("bash"), gputerm.offline()."""

    def __init__(self) -> None:
        self.made: list[Session] = []

    def __call__(self, *command: str, **options: Any) -> Session:
        """A program, see Session."""
        return self._make("__call__", *command, **options)

    def shell(self, program: str = "bash", **options: Any) -> Session:
        """A shell, see Session.shell."""
        return self._make("shell", program, **options)

    def offline(self, **options: Any) -> Session:
        """No program, see Session.offline."""
        return self._make("offline", **options)

    def _make(self, kind: str, *arguments: str, **options: Any) -> Session:
        from gputerm.testing.session import Session

        make = Session if kind == "__call__" else getattr(Session, kind)
        session: Session = make(*arguments, **options)
        self.made.append(session)
        return session


@pytest.fixture
def gputerm() -> Iterator[Sessions]:
    """Sessions that are closed when the test ends."""
    sessions = Sessions()
    yield sessions
    for session in sessions.made:
        session.close()


@pytest.fixture
def screen_text(request: pytest.FixtureRequest, tmp_path: Path) -> Callable[[Session, str], None]:
    """A function: (session, name) compares text and styles with gputerm_screens/NAME.txt beside the
    test's file, or records them with --gputerm-update. The screen is at rest then.
    """
    update = request.config.getoption(UPDATE)
    folder = request.path.parent / FOLDER

    def compare(session: Session, name: str) -> None:
        from gputerm.testing.in_vain import SessionError, WaitFailed
        from gputerm.testing.written import written

        file = folder / f"{name}.txt"
        session.rest()
        if update:
            folder.mkdir(exist_ok=True)
            file.write_text(written(session.terminal), encoding="utf-8")
            return
        if not file.exists():
            raise SessionError(f"{file} was never recorded: pytest {UPDATE}")
        expected = file.read_text(encoding="utf-8")
        try:
            session.wait(lambda one: written(one.terminal) == expected, timeout=_RETRY_S)
        except WaitFailed:
            actual = written(session.terminal)
            if actual != expected:
                (tmp_path / file.name).write_text(actual, encoding="utf-8")
                raise SessionError(_difference(file, expected, actual, tmp_path)) from None

    return compare


def _difference(file: Path, expected: str, actual: str, folder: Path) -> str:
    from difflib import unified_diff

    lines = unified_diff(
        expected.splitlines(), actual.splitlines(), "expected", "actual", n=1, lineterm=""
    )
    return "\n".join((f"the screen isn't {file.name}; it is in {folder}", *lines))
