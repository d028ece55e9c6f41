"""The server of the socket, in the loop thread; `server` is its entrance."""
