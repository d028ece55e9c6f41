"""Programs for developing gputerm; the terminal itself imports none of them."""

__all__: list[str] = []
