"""Regular expressions from the socket and the configuration: Python's `re`, without those that can
take for ever.

They run in the main thread, where nothing else happens meanwhile. Matching backtracks: a repetition
inside a repetition, as in `(a+)+$`, takes time exponential in the length of a line that nearly
matches. Those are refused; so is more than MAX_REPEATS repetitions without a limit, because each
one multiplies the time by the length of the line.
"""

from __future__ import annotations

import re
import warnings
from functools import lru_cache
from typing import Any

MAX_PATTERN = 500  #: characters
MAX_REPEATS = 3  #: a line of 200 columns: 200^4 steps are some seconds, and nobody needs more
_FEW = 8  #: a repetition up to here is no loop


class PatternError(ValueError):
    """What is wrong with an expression, as one line for the user."""


@lru_cache(maxsize=64)
def compile_pattern(
    pattern: str, *, ignore_case: bool = False, multiline: bool = False
) -> re.Pattern[str]:
    """The pattern, where `^` and `$` may mean each line.

    Raises PatternError.
    """
    if len(pattern) > MAX_PATTERN:
        raise _refuse(f"longer than {MAX_PATTERN} characters")
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # possible set difference and the like
            loops = _loops(re._parser.parse(pattern), inside=False)  # type: ignore[attr-defined]
            flags = re.IGNORECASE * ignore_case | re.MULTILINE * multiline
            compiled = re.compile(pattern, flags)
    except re.error as error:
        raise _refuse(str(error)) from None
    except (RecursionError, OverflowError):
        raise _refuse("nested too deep") from None
    if loops > MAX_REPEATS:
        raise _refuse(f"more than {MAX_REPEATS} repetitions without a limit")
    return compiled


def _loops(parsed: Any, *, inside: bool) -> int:
    """How many unlimited repetitions a parsed expression has; PatternError: one is in another."""
    count = 0
    for operation, argument in parsed:
        name = str(operation)
        if name in ("MAX_REPEAT", "MIN_REPEAT", "POSSESSIVE_REPEAT"):
            _, most, body = argument
            loop = most > _FEW
            if loop and inside:
                raise _refuse("a repetition inside a repetition could take for ever")
            count += loop + _loops(body, inside=inside or loop)
        elif name == "BRANCH":
            if inside and not _distinct(argument[1]):
                raise _refuse("alternatives inside a repetition must begin differently")
            count += sum(_loops(branch, inside=inside) for branch in argument[1])
        elif name == "SUBPATTERN":
            count += _loops(argument[3], inside=inside)
        elif name in ("ASSERT", "ASSERT_NOT"):
            count += _loops(argument[1], inside=inside)
        elif name == "ATOMIC_GROUP":
            count += _loops(argument, inside=inside)
        elif name == "GROUPREF_EXISTS":
            count += sum(_loops(branch, inside=inside) for branch in argument[1:] if branch)
    return count


def _distinct(branches: list[Any]) -> bool:
    """Whether the first character says which alternative it is."""
    firsts = [
        branch[0][1] if len(branch) and str(branch[0][0]) == "LITERAL" else None
        for branch in branches
    ]
    return None not in firsts and len(set(firsts)) == len(firsts)


def _refuse(why: str) -> PatternError:
    return PatternError(f"pattern: {why}")
