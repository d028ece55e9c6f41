"""What a program under test starts with: nothing of the test's own terminal, display or harness."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

from gputerm import __version__
from gputerm.host.environment import child_environment

if TYPE_CHECKING:
    from collections.abc import Mapping

__all__ = ["environment"]

#: What begins like this is about the harness: a program that knew our socket could drive its test.
_HARNESS = ("GPUTERM_", "SDL_", "PYTEST_", "PYSDL2_", "LIBGL_")
_LOCALE = ("LC_ALL", "LC_CTYPE", "LANG")  #: the first that is set decides [locale(7)]


def environment(extra: Mapping[str, str], cwd: str) -> dict[str, str]:
    """Our own variables without those of the harness, made right for a program in a terminal.

    A locale without UTF-8 becomes C.UTF-8. `extra` wins over everything.
    """
    base = child_environment(os.environ, version=__version__, window_id="", pane_id="", cwd=cwd)
    env = {name: value for name, value in base.items() if not name.startswith(_HARNESS)}
    locale = next((env[name] for name in _LOCALE if env.get(name)), "")
    if "utf8" not in locale.lower().replace("-", ""):
        env["LC_ALL"] = "C.UTF-8"
    env.update(extra)
    return env
