"""A program for the terminal: `reader.py FILE TEXT…` prints TEXT, with backslash escapes, and
"ready", then appends what it reads from the terminal to FILE."""

import os
import sys
import tty

tty.setraw(0)
os.write(1, " ".join(sys.argv[2:]).encode().decode("unicode_escape").encode("latin-1"))
os.write(1, b"ready\r\n")
with open(sys.argv[1], "ab", buffering=0) as file:
    while data := os.read(0, 4096):
        file.write(data)
