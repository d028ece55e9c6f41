"""What talks to a running gputerm: `gputerm msg` (msg.py) and the library for Python programs.

It runs in scripts and key bindings and imports little: neither the server nor anything of the
terminal.
"""
