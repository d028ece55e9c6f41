"""`python -m gputerm` is the `gputerm` command."""

import sys

from gputerm.cli import main

sys.exit(main())
