"""Lines on standard error: what the user must know, and a log for whoever asked with --verbose.

Never a secret, never screen content. Importing logging takes 3 ms of every start, so only
`gputerm -v` does; without it nothing listens to `debug`.
"""

import os
import sys

_STDERR = 2
_AT_ONCE = 4096  #: bytes; a pipe that poll calls writable has room for them [PIPE_BUF]

#: How much is told: −2 nothing, −1 errors, 0 warnings too, 1 and 2 the log.
_verbosity = 0


def set_verbosity(verbosity: int) -> None:
    """Tell as much as the command line asks for: its -v less its -q."""
    global _verbosity
    _verbosity = min(max(verbosity, -2), 2)
    if _verbosity > 0:
        import logging

        class Lines(logging.Handler):
            def emit(self, record: logging.LogRecord) -> None:
                report(self.format(record), "log")

        logging.basicConfig(
            level=(logging.INFO, logging.DEBUG)[_verbosity - 1],
            handlers=[Lines()],
            format="%(message)s",
        )


def report(message: object, severity: str = "error", *, speaker: str = "gputerm") -> None:
    """One line for the user, an "error" or a "warning"."""
    if _verbosity >= {"error": -1, "warning": 0}.get(severity, 1):
        write(f"{speaker}: {message}")


def write(line: str) -> None:
    """A line as it stands.

    It never raises and never waits: when standard error is closed, full or gone, nobody is told.
    """
    data = f"{line}\n".encode(errors="backslashreplace")
    try:
        while data and _has_room():
            data = data[os.write(_STDERR, data[:_AT_ONCE]) :]
    except (OSError, ImportError):
        pass


def debug(module: str, message: str, *values: object) -> None:
    """Log `message % values` as from `module` (its __name__), if anybody listens."""
    logging = sys.modules.get("logging")
    if logging is not None:
        logging.getLogger(module).debug(message, *values)


def _has_room() -> bool:
    """Whether a write won't wait. Whoever reads a pipe may have stopped, and windows must not."""
    import select  # where there is something to tell

    poll = select.poll()
    poll.register(_STDERR, select.POLLOUT)
    return any(event & select.POLLOUT for _, event in poll.poll(0))
