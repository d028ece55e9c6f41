"""Alacritty's own messages, so that its `msg` subcommand and scripts written for it work here.

One message a connection, ended by LF or the end of the stream; nothing is answered but GetConfig,
and the connection is closed. Two shapes are taken: version 0.10's (fields directly in
CreateWindow) and that of 0.11 to the newest (terminal_options, window_identity, option). Like
there, unknown fields are ignored. tests/ipc/test_alacritty.py has recordings of the real client.
"""

from __future__ import annotations

from gputerm.ipc.protocol import INVALID_PARAMS, Call, Fault

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

__all__ = ["get_config_reply", "is_message", "translate"]

_MESSAGES = {"CreateWindow", "Config", "GetConfig"}


def is_message(value: Any) -> bool:
    """Whether a JSON value is one of Alacritty's messages rather than a call."""
    return isinstance(value, dict) and len(value) == 1 and not _MESSAGES.isdisjoint(value)


def translate(value: dict[str, Any]) -> Call:
    """The call that means the same; a notification unless it wants an answer. Raises Fault."""
    ((name, body),) = value.items()
    if not isinstance(body, dict):
        raise Fault(INVALID_PARAMS, f"{name}: expected an object")
    if name == "CreateWindow":
        return Call("create-window", _create_window(body), notification=True)
    window_id = body.get("window_id")
    if name == "Config":
        params = {
            "options": body.get("options"),
            # Any negative number means all there, and so does none at all.
            "window_id": -1 if window_id is None else window_id,
            "reset": body.get("reset"),
        }
        return Call("config", params, notification=True)
    return Call(
        "get-config", {"window_id": -1 if window_id is None else window_id}, notification=False
    )


def get_config_reply(config: Any) -> bytes:
    """The answer to GetConfig: JSON in a JSON string, without LF."""
    import json  # 2 ms that a start needn't wait for

    text = json.dumps(config, ensure_ascii=False, separators=(",", ":"))
    return json.dumps({"GetConfig": text}, ensure_ascii=False, separators=(",", ":")).encode(
        errors="replace"
    )


def _create_window(body: dict[str, Any]) -> dict[str, Any]:
    terminal = body.get("terminal_options", body)
    identity = body.get("window_identity")
    identity = {} if identity is None else identity
    if not isinstance(terminal, dict) or not isinstance(identity, dict):
        raise Fault(INVALID_PARAMS, "CreateWindow: expected an object")
    return {
        # One that isn't there is no reason to refuse the window; nor is it in Alacritty.
        "cwd": terminal.get("working_directory"),
        "hold": terminal.get("hold"),
        "command": terminal.get("command"),
        "title": identity.get("title"),
        "class": _class(identity.get("class")),
        "option": body.get("option"),
        "activation_token": body.get("activation_token"),
    }


def _class(value: Any) -> Any:
    if not isinstance(value, dict):
        return value  # create-window's validation will refuse it.
    general, instance = value.get("general"), value.get("instance")
    if not isinstance(general, str) or not isinstance(instance, str):
        raise Fault(INVALID_PARAMS, "CreateWindow: class: expected general and instance")
    return f"{general},{instance}"
