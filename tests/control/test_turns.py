"""In which order requests of several senders are carried out."""

import threading
from queue import SimpleQueue
from types import SimpleNamespace

import pytest

from gputerm.control.control import Control


@pytest.fixture
def queue(monkeypatch):
    """A Control whose `ping` and `quit` note who asked."""
    one = Control(None)
    one.done = []

    def note(_control, request):
        one.done.append((request.sender, request.number))

    monkeypatch.setattr("gputerm.control.windows.ping", note)
    monkeypatch.setattr("gputerm.control.windows.quit_all", note)
    return one


def request(sender, number, *, method="ping", alive=True):
    return SimpleNamespace(
        method=method, sender=sender, number=number, alive=alive, reply=lambda result=None: None
    )


def finish(queue):
    while queue.next_deadline() == 0:
        queue.tick()
    return queue.done


def test_each_sender_has_its_turn_and_its_order(queue):
    for number in range(3):
        queue.handle(request("a", number))
    for number in range(2):
        queue.handle(request("b", number))
    queue.handle(request("c", 0))
    first, rest = [("a", 0), ("b", 0), ("c", 0)], [("a", 1), ("b", 1), ("a", 2)]
    assert finish(queue) == [*first, *rest]


def test_who_asks_one_thing_after_the_other_goes_first(queue):
    for number in range(3):
        queue.handle(request("many", number))
    order = [queue._next_request().sender]
    for number in range(2):
        queue.handle(request("one", number))
        order.append(queue._next_request().sender)
    order.append(queue._next_request().sender)
    assert order == ["many", "one", "one", "many"]


def test_a_question_of_somebody_who_left_is_dropped_and_an_order_is_not(queue):
    queue.handle(request("a", 0, alive=False))
    queue.handle(request("b", 0, method="quit", alive=False))
    assert finish(queue) == [("b", 0)]


class Loop:
    """Mail that the test hands over."""

    def __init__(self):
        self.messages = SimpleQueue()
        self.post = self.messages.put


@pytest.fixture
def tasks(monkeypatch):
    """A Control with long commands, which note what they do; its loop's messages."""
    loop = Loop()
    one = Control(SimpleNamespace(loop=loop))
    one.done = []

    def search(_control, request):
        one.done.append("search")
        yield
        where = (yield lambda: threading.current_thread().name)()
        one.done.append(where)
        return where

    def keys(_control, request):
        for part in range(2):
            one.done.append((request.number, part))
            yield

    monkeypatch.setattr("gputerm.control.scrollback.search", search)
    monkeypatch.setattr("gputerm.control.sending.send_keys", keys)
    monkeypatch.setattr(
        "gputerm.control.windows.ping", lambda _control, request: one.done.append("ping")
    )
    return one, loop.messages


def test_work_is_done_aside_while_others_go_on(tasks):
    one, messages = tasks
    answers = []
    asked = request("a", 0, method="search")
    asked.reply = answers.append
    one.handle(asked)
    one.tick()
    assert one.done == ["search"]
    one.handle(request("b", 0))
    assert finish(one) == ["search", "ping"]
    messages.get(timeout=20).tell()
    assert finish(one)[-1] == "gputerm-worker"
    assert answers == ["gputerm-worker"]


def test_who_types_goes_on_before_what_the_same_one_asks_next(tasks):
    one, _ = tasks
    for number in range(2):
        one.handle(request("a", number, method="send-keys", alive=False))
    one.handle(request("a", 2))
    one.handle(request("b", 0))
    assert finish(one) == [(0, 0), "ping", (0, 1), (1, 0), (1, 1), "ping"]
