"""The plugin for pytest: sessions as a fixture, and screens that are compared with recorded ones.

Nothing of gputerm is imported before a test asks for it.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from collections.abc import Callable, Generator, Iterator, Sequence

    from gputerm.testing.comparing import RecordedScreens
    from gputerm.testing.gallery import Gallery
    from gputerm.testing.looking import Area
    from gputerm.testing.session import Session

__all__ = ["gputerm", "screen_text", "screenshot"]

UPDATE, REPORT = "--gputerm-update", "--gputerm-report"
#: Beside the file of the test.
FOLDER = "gputerm_screens"
#: What is at rest and differs may still change, for so many seconds.
RETRY_S = 2.0
TOLERANCE = 8  #: of 255, for each channel: what versions of Mesa round differently

_PARTS = "gputerm_parts"  #: where a worker of pytest-xdist leaves its pictures


def __tracebackhide__(raised: Any) -> bool:  # noqa: N807  # asked by pytest
    from gputerm.testing.in_vain import users_mistake

    return users_mistake(raised)


def pytest_addoption(parser: pytest.Parser) -> None:
    """The plugin's options."""
    group = parser.getgroup("gputerm")
    group.addoption(
        UPDATE, action="store_true", help="record the screens and pictures that tests compare anew"
    )
    group.addoption(
        REPORT, metavar="FILE", help="write the pictures of all tests into one HTML file"
    )


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


_SESSIONS = pytest.StashKey[Sessions]()
_FAILURES = pytest.StashKey[Path]()


@pytest.fixture
def gputerm(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Sessions]:
    """Sessions that are closed when the test ends. If it fails, what they showed is in tmp_path."""
    sessions = Sessions()
    request.node.stash[_SESSIONS], request.node.stash[_FAILURES] = sessions, tmp_path
    yield sessions
    for session in sessions.made:
        session.close()


@pytest.fixture
def screen_text(request: pytest.FixtureRequest, tmp_path: Path) -> Callable[[Session, str], None]:
    """A function: (session, name, retry=2) compares text, styles and cursor, at rest, with
    gputerm_screens/NAME.txt beside the test's file, or records them with --gputerm-update.

    What differs may change for `retry` seconds more.
    """

    def compare(session: Session, name: str, *, retry: float = RETRY_S) -> None:
        _recorded(request, tmp_path).text(session, name, retry=retry)

    return compare


@pytest.fixture
def screenshot(request: pytest.FixtureRequest, tmp_path: Path) -> Callable[..., None]:
    """A function: (session, name, tolerance=8, mask=(), retry=2) compares the picture, at rest,
    with gputerm_screens/NAME.png beside the test's file, or records it with --gputerm-update.

    Channels may differ by `tolerance` of 255. What `mask` means isn't compared: texts, compiled
    expressions, or (line, column, lines, columns). Where there is no OpenGL the test is skipped.
    """

    def compare(
        session: Session,
        name: str,
        *,
        tolerance: int = TOLERANCE,
        mask: Sequence[Area] = (),
        retry: float = RETRY_S,
    ) -> None:
        from gputerm.testing.comparing import NoPictures

        recorded = _recorded(request, tmp_path)
        try:
            recorded.picture(session, name, tolerance=tolerance, mask=mask, retry=retry)
        except NoPictures as why:
            pytest.skip(f"no pictures: {why}")

    return compare


def _recorded(request: pytest.FixtureRequest, failures: Path) -> RecordedScreens:
    from gputerm.testing.comparing import RecordedScreens

    return RecordedScreens(
        request.path.parent / FOLDER,
        failures,
        update=request.config.getoption(UPDATE),
        test=request.node.nodeid,
        gallery=_gallery(request.config),
    )


# ── when a test fails ────────────────────────────────────────────────────────────────────────────


@pytest.hookimpl(hookwrapper=True)
def pytest_runtest_makereport(
    item: pytest.Item, call: pytest.CallInfo[None]
) -> Generator[None, Any, None]:
    """Leave what the sessions of a failed test showed."""
    report: pytest.TestReport = (yield).get_result()
    sessions = item.stash.get(_SESSIONS, None)
    if report.failed and call.when == "call" and sessions is not None and sessions.made:
        from gputerm.testing.evidence import leave

        left = leave(sessions.made, item.stash[_FAILURES], item.nodeid, _gallery(item.config))
        report.sections.append(("gputerm", left))


# ── the report of a run ──────────────────────────────────────────────────────────────────────────


_GALLERY = pytest.StashKey["Gallery | None"]()
_BOUND = pytest.StashKey[str]()


def _report(config: pytest.Config) -> Path | None:
    """The file of the report, if one is wanted."""
    file = config.getoption(REPORT)
    return config.invocation_params.dir / file if file else None


def _parts(report: Path) -> Path:
    return report.with_name(f"{report.name}.parts")


def _gallery(config: pytest.Config) -> Gallery | None:
    """Where this process leaves pictures for the report."""
    if _GALLERY not in config.stash:
        from gputerm.testing.gallery import Gallery

        worker = getattr(config, "workerinput", {}).get(_PARTS)
        report = _report(config)
        folder = Path(worker) if worker else report and _parts(report)
        config.stash[_GALLERY] = Gallery(folder) if folder else None
    return config.stash[_GALLERY]


def pytest_configure(config: pytest.Config) -> None:
    """Forget what a run that was cut short has left."""
    report = _report(config)
    if report is not None and _starts_the_run(config) and _parts(report).exists():
        from shutil import rmtree

        rmtree(_parts(report))


def _starts_the_run(config: pytest.Config) -> bool:
    """Whether this process isn't a worker of pytest-xdist."""
    return not hasattr(config, "workerinput")


@pytest.hookimpl(optionalhook=True)
def pytest_configure_node(node: Any) -> None:
    """Tell a worker of pytest-xdist where its pictures go."""
    if (report := _report(node.config)) is not None:
        node.workerinput[_PARTS] = str(_parts(report))


@pytest.hookimpl(trylast=True)
def pytest_sessionfinish(session: pytest.Session) -> None:
    """Bind the pictures of the run."""
    config = session.config
    report = _report(config)
    if report is not None and _starts_the_run(config):
        from gputerm.testing.gallery import bind

        count = bind(_parts(report), report)
        config.stash[_BOUND] = f"gputerm: {count} pictures in {report}"


def pytest_terminal_summary(terminalreporter: Any, config: pytest.Config) -> None:
    """Say where they are."""
    if _BOUND in config.stash:
        terminalreporter.write_line(config.stash[_BOUND])
