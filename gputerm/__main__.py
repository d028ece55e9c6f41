"""`python -m gputerm` is the `gputerm` command, and so is this file by its path."""

import os
import sys

if not __package__:
    # Wherever this gputerm is found from, and never in the current directory (python -P).
    root = os.path.dirname(os.path.dirname(os.path.realpath(__file__)))
    if root not in sys.path:
        sys.path.insert(0, root)

from gputerm.cli import main

sys.exit(main())
