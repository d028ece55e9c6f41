"""Base: a terminal program under test, before it is known how one waits.

Looking ← Doing ← Expecting ← Base ← Session, AsyncSession
"""

from __future__ import annotations

import tempfile
from typing import TYPE_CHECKING, Any, Self

from gputerm.errors import UsageError
from gputerm.testing.direct import Offline
from gputerm.testing.expecting import Expecting
from gputerm.testing.in_vain import users_mistake
from gputerm.testing.rig import Rig
from gputerm.testing.shells import start_up

if TYPE_CHECKING:
    import os
    from collections.abc import Mapping, Sequence

__tracebackhide__ = users_mistake

__all__ = ["Base"]


class Base(Expecting):
    """A terminal program under test."""

    def __init__(
        self,
        *command: str,
        size: tuple[int, int] = (80, 24),
        cwd: str | os.PathLike[str] | None = None,
        env: Mapping[str, str] | None = None,
        config: Sequence[str] = (),
        timeout: float = 10.0,
        fonts: str = "bundled",
    ) -> None:
        """Start a program on a terminal of (columns, lines).

        `env` is laid over our own environment, from which what belongs to the harness is taken out.
        `config` has settings as `-o` takes them, "scrolling.history=100"; no file is read.
        `timeout` is how long waits wait, in seconds. Pictures are drawn with "bundled" fonts, the
        same everywhere, or also with those of the "system". Raises SpawnError, UsageError.
        """
        if not command:
            raise UsageError("a Session needs a program; Session.offline() has none")
        self._rig = Rig(size, config, timeout, fonts)
        self._rig.spawn(command, cwd, env)

    @classmethod
    def offline(
        cls,
        *,
        size: tuple[int, int] = (80, 24),
        config: Sequence[str] = (),
        timeout: float = 10.0,
        fonts: str = "bundled",
    ) -> Self:
        """A terminal without a program: bytes are fed, and `sent` has what it would be sent."""
        session = cls.__new__(cls)
        session._rig = Rig(size, config, timeout, fonts)
        session._rig.open(Offline())
        return session

    @classmethod
    def shell(
        cls, program: str = "bash", *, env: Mapping[str, str] | None = None, **options: Any
    ) -> Self:
        """A shell (bash, sh, dash) with the prompt "$ " and marks for `run`, which doesn't read the
        user's start-up files. Options are those of the class.
        """
        folder = tempfile.TemporaryDirectory(prefix="gputerm-")
        command, variables = start_up(program, folder.name)
        session = cls(*command, env={**variables, **(env or {})}, **options)
        session._rig.folder = folder
        return session

    def close(self) -> None:
        """Hang up; the program is ended if it doesn't end by itself."""
        self._rig.close()
