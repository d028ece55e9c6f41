"""What somebody who mistyped a name may have meant."""

from __future__ import annotations

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable


def closest(name: str, names: Iterable[str]) -> str | None:
    """The one of `names` that is most like `name`, whatever the case; None when none is like it."""
    import difflib  # only for those who mistype

    spelling = {known.lower(): known for known in names}
    similar = difflib.get_close_matches(name.lower(), spelling, n=1)
    return spelling[similar[0]] if similar else None


def did_you_mean(name: str, names: Iterable[str]) -> str:
    """The end of a message: ", did you mean size?", or "" when no name is like it."""
    meant = closest(name, names)
    return "" if meant is None else f", did you mean {meant}?"
