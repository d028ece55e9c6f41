"""Remote control over a Unix socket: `server` in the terminal, `client` on the command line.

Nothing is imported here, because `gputerm msg` pays for each import: take `Server` and `Request`
from `server`, `Remote` from `remote`, codes from `protocol`.
"""

__all__: list[str] = []
