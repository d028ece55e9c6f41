"""The configuration: what can be set, and the reading of it.

`load` gives a `Config` and what is wrong with the files it came from. It changes nothing and
watches nothing: `app` decides what a changed configuration does.
"""

from gputerm.config.load import Loaded, find_file, load, with_overrides
from gputerm.config.problem import Problem
from gputerm.config.schema import Config

__all__ = ["Config", "Loaded", "Problem", "find_file", "load", "with_overrides"]
