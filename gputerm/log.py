"""The log: lines for whoever asked with --verbose. Never a secret, never screen content.

Importing logging takes 3 ms of every start, so only `gputerm -v` does; without it nothing listens.
"""

import sys


def debug(module: str, message: str, *values: object) -> None:
    """Log `message % values` as from `module` (its __name__), if anybody listens."""
    logging = sys.modules.get("logging")
    if logging is not None:
        logging.getLogger(module).debug(message, *values)


def error(module: str, message: str, *values: object) -> None:
    """Log `message % values`; on standard error in any case."""
    import logging

    logging.getLogger(module).error(message, *values)
