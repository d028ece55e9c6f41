"""What the commands of the socket do, in the main thread; `control` is the entrance."""
