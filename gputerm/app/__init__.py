"""The desktop terminal: the main loop, windows, and what their keys and mice do."""
