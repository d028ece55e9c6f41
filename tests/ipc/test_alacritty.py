"""Alacritty's client against our server: recordings of its messages, and the program itself."""

import json
import shutil
import subprocess

import pytest

from gputerm.ipc.command import validate
from gputerm.ipc.commands import find
from gputerm.ipc.protocol import Fault
from gputerm.ipc.server import alacritty

# Recorded from alacritty 0.11.0; the first from the source of 0.10, the last of 0.16.
V10 = '{"CreateWindow":{"working_directory":"/tmp","hold":true,"command":["ls","-l"]}}'
V11 = (
    '{"CreateWindow":{"terminal_options":{"working_directory":"/tmp","hold":true,'
    '"command":["ls","-l"]},"window_identity":{"title":"t","class":{"general":"g","instance":"i"}}}}'
)
V11_BARE = (
    '{"CreateWindow":{"terminal_options":{"working_directory":null,"hold":false,"command":[]},'
    '"window_identity":{"title":null,"class":null}}}'
)
V16 = (
    '{"CreateWindow":{"terminal_options":{"working_directory":null,"hold":false,"command":[]},'
    '"window_identity":{"title":null,"class":null},"activation_token":"token",'
    '"option":["cursor.style=\\"Beam\\""]}}'
)


def params(text):
    value = json.loads(text)
    assert alacritty.is_message(value)
    call = alacritty.translate(value)
    return validate(find(call.method), call.params)


@pytest.mark.parametrize("text", [V10, V11])
def test_create_window_of_every_version_says_the_same(text):
    found = params(text)
    assert found["cwd"] == "/tmp"
    assert found["hold"] is True
    assert found["command"] == ["ls", "-l"]


def test_newer_fields_are_understood():
    assert (params(V11)["title"], params(V11)["class"]) == ("t", "g,i")
    assert params(V16)["option"] == ['cursor.style="Beam"']
    assert params(V16)["activation_token"] == "token"
    assert params(V11_BARE)["command"] == []


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            '{"Config":{"options":["a=1","b=2"],"window_id":null,"reset":false}}',
            {"options": ["a=1", "b=2"], "window_id": -1, "reset": False, "unset": []},
        ),
        (
            '{"Config":{"options":["a=1"],"window_id":77,"reset":false}}',
            {"options": ["a=1"], "window_id": 77, "reset": False, "unset": []},
        ),
        (
            '{"Config":{"options":[],"window_id":-1,"reset":true}}',
            {"options": [], "window_id": -1, "reset": True, "unset": []},
        ),
        ('{"GetConfig":{"window_id":null}}', {"window_id": -1}),
        ('{"GetConfig":{"window_id":5,"future":1}}', {"window_id": 5}),
    ],
)
def test_config_messages(text, expected):
    given = params(text)
    assert {name: given.pop(name) for name in expected} == expected
    assert set(given.values()) <= {None}


@pytest.mark.parametrize(
    "text",
    [
        '{"CreateWindow":1}',
        '{"CreateWindow":{"terminal_options":1}}',
        '{"CreateWindow":{"window_identity":[]}}',
        '{"CreateWindow":{"window_identity":{"class":{"general":1}}}}',
        '{"CreateWindow":{"command":"ls"}}',
        '{"Config":{"options":"a=1"}}',
    ],
)
def test_malformed_message_is_a_fault(text):
    with pytest.raises(Fault):
        params(text)


@pytest.mark.parametrize("value", [{}, {"CreateWindow": {}, "x": 1}, {"Other": {}}, [], None])
def test_other_values_are_not_its_messages(value):
    assert not alacritty.is_message(value)


@pytest.mark.parametrize("end", [b"", b"\n"])
def test_message_is_carried_out_and_the_connection_closed(terminal, end):
    with terminal.connect() as client:
        client.send(V11.encode() + end)
        if not end:
            client.half_close()
        assert client.receive() is None
    assert terminal.wait_for_request().params["title"] == "t"


def test_get_config_is_answered_as_json_in_a_json_string(terminal):
    terminal.answer = lambda request: request.reply({"font": {"size": 11.0, "é": None}})
    with terminal.connect() as client:
        client.send(b'{"GetConfig":{"window_id":null}}')
        client.half_close()
        answer = client.receive()
        assert json.loads(answer["GetConfig"]) == {"font": {"size": 11.0, "é": None}}
        assert client.receive() is None


@pytest.mark.parametrize("text", ['{"CreateWindow":1}', '{"Config":{"options":"x"}}'])
def test_refused_message_is_closed_without_an_answer(terminal, text):
    with terminal.connect() as client:
        client.send(text.encode() + b"\n")
        assert client.receive() is None
    assert not terminal.requests


@pytest.mark.skipif(not shutil.which("alacritty"), reason="alacritty is not installed")
def test_the_real_client_opens_a_window(terminal):
    command = ["alacritty", "msg", "-s", terminal.path, "create-window"]
    subprocess.run([*command, "-T", "t", "--hold", "-e", "ls", "-l"], check=True, timeout=20)
    request = terminal.wait_for_request()
    assert request.method == "create-window"
    found = request.params["title"], request.params["hold"], request.params["command"]
    assert found == ("t", True, ["ls", "-l"])
