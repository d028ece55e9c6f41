"""A small X client: reads pixels back, and does to windows what window managers and xkill do.

Speaks the protocol over the server's local socket, so that an error is an exception and no library
is needed. [X Window System Protocol, X11R7.7]
"""

import socket
import struct
from pathlib import Path

import numpy as np

DESTROY_WINDOW, MAP, UNMAP, CONFIGURE, GET_GEOMETRY = 4, 8, 10, 12, 14
INTERN_ATOM, GET_ATOM_NAME, GET_PROPERTY, SEND_EVENT = 16, 17, 20, 25
TRANSLATE_COORDINATES, GET_IMAGE, KILL_CLIENT = 40, 73, 113

_Z_PIXMAP = 2
_CLIENT_MESSAGE = 33
_ERROR, _REPLY = 0, 1


class XError(Exception):
    """The server refused a request."""


class XClient:
    """One connection to a local X server without access control."""

    def __init__(self, display: str) -> None:
        """`display` is ":number"."""
        self._socket = socket.socket(socket.AF_UNIX)
        self._socket.connect(str(Path("/tmp/.X11-unix") / f"X{display.removeprefix(':')}"))
        self._socket.sendall(struct.pack("<BxHHHHxx", ord("l"), 11, 0, 0, 0))
        status, length = struct.unpack("<B5xH", self._read(8))
        setup = self._read(4 * length)
        assert status == 1, "the X server refused the connection"
        vendor, formats = struct.unpack_from("<H3xB", setup, 16)
        #: the root window of the first screen
        self.root = struct.unpack_from("<I", setup, 32 + (vendor + 3) // 4 * 4 + 8 * formats)[0]

    def close(self) -> None:
        self._socket.close()

    def __enter__(self) -> "XClient":
        return self

    def __exit__(self, *_error: object) -> None:
        self.close()

    def pixels(self, window: int) -> np.ndarray:
        """uint8[height, width, 3] of a window that nothing covers."""
        width, height = self.size(window)
        answer = self._ask(
            GET_IMAGE, _Z_PIXMAP, struct.pack("<IhhHHI", window, 0, 0, width, height, 0xFFFFFFFF)
        )
        data = np.frombuffer(answer, np.uint8, width * height * 4, 32)
        return data.reshape(height, width, 4)[:, :, 2::-1]

    def size(self, window: int) -> tuple[int, int]:
        """(width, height) in pixels."""
        return struct.unpack_from("<HH", self._ask(GET_GEOMETRY, 0, struct.pack("<I", window)), 16)

    def position(self, window: int) -> tuple[int, int]:
        """(x, y) of its top left pixel on the root window."""
        question = struct.pack("<IIhh", window, self.root, 0, 0)
        return struct.unpack_from("<hh", self._ask(TRANSLATE_COORDINATES, 0, question), 12)

    def resize(self, window: int, width: int, height: int) -> None:
        """As a user who drags the frame."""
        self._send(CONFIGURE, 0, struct.pack("<IHxxII", window, 0b1100, width, height))
        self.size(window)

    def ask_to_close(self, window: int) -> None:
        """As the window manager's button. [ICCCM 4.2.8.1]"""
        protocols, delete = self._atom("WM_PROTOCOLS"), self._atom("WM_DELETE_WINDOW")
        event = struct.pack("<BBHII20x", _CLIENT_MESSAGE, 32, 0, window, protocols)
        event = event[:12] + struct.pack("<I", delete) + event[16:]
        self._send(SEND_EVENT, 0, struct.pack("<II", window, 0) + event)
        self._be_done()

    def destroy(self, window: int) -> None:
        """Behind its owner's back."""
        self._send(DESTROY_WINDOW, 0, struct.pack("<I", window))
        self._be_done()

    def kill_client(self, window: int) -> None:
        """As xkill: the server hangs up on the window's owner."""
        self._send(KILL_CLIENT, 0, struct.pack("<I", window))
        self._be_done()

    def hide(self, window: int) -> None:
        self._send(UNMAP, 0, struct.pack("<I", window))
        self._be_done()

    def show(self, window: int) -> None:
        self._send(MAP, 0, struct.pack("<I", window))
        self._be_done()

    def text_property(self, window: int, name: str) -> bytes:
        """A property's value, such as WM_CLASS or WM_HINTS."""
        return self._property(window, name)[1]

    def property_type(self, window: int, name: str) -> str:
        """The name of a property's type, such as STRING; "" without such a property."""
        kind, _ = self._property(window, name)
        return self._name(kind) if kind else ""

    def numbers(self, window: int, name: str) -> tuple[int, ...]:
        """A property of 32-bit numbers, such as _NET_ACTIVE_WINDOW or WM_HINTS."""
        data = self._property(window, name)[1]
        return struct.unpack(f"<{len(data) // 4}I", data[: len(data) // 4 * 4])

    def _property(self, window: int, name: str) -> tuple[int, bytes]:
        """The type's atom and the value."""
        question = struct.pack("<IIIII", window, self._atom(name), 0, 0, 256)
        answer = self._ask(GET_PROPERTY, 0, question)
        kind, _, length = struct.unpack_from("<III", answer, 8)
        return kind, answer[32 : 32 + length * (answer[1] // 8)]

    def _be_done(self) -> None:
        """Wait for all that was asked; an answer comes after everything before it was done."""
        self._atom("WM_NAME")

    def _atom(self, name: str) -> int:
        text = name.encode()
        padded = text + bytes(-len(text) % 4)
        answer = self._ask(INTERN_ATOM, 0, struct.pack("<Hxx", len(text)) + padded)
        return int(struct.unpack_from("<I", answer, 8)[0])

    def _name(self, atom: int) -> str:
        answer = self._ask(GET_ATOM_NAME, 0, struct.pack("<I", atom))
        return answer[32 : 32 + struct.unpack_from("<H", answer, 8)[0]].decode()

    def _send(self, opcode: int, detail: int, body: bytes) -> None:
        self._socket.sendall(struct.pack("<BBH", opcode, detail, 1 + len(body) // 4) + body)

    def _ask(self, opcode: int, detail: int, body: bytes) -> bytes:
        self._send(opcode, detail, body)
        while True:
            answer = self._read(32)
            if answer[0] == _REPLY:
                return answer + self._read(4 * struct.unpack_from("<I", answer, 4)[0])
            if answer[0] == _ERROR:
                raise XError(f"X error {answer[1]} for request {answer[10]}")

    def _read(self, size: int) -> bytes:
        data = bytearray()
        while len(data) < size:
            piece = self._socket.recv(size - len(data))
            if not piece:
                raise XError("the X server is gone")
            data += piece
        return bytes(data)
