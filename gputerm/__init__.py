"""gputerm: a terminal emulator drawn by the GPU and steered over a socket."""

__version__ = "0.1.0"
