"""In which order requests of several senders are carried out."""

from types import SimpleNamespace

import pytest

from gputerm import control
from gputerm.control.table import COMMANDS


@pytest.fixture
def queue(monkeypatch):
    """A Control whose `ping` and `quit` note who asked."""
    one = control.Control(None)
    one.done = []

    def note(_control, request):
        one.done.append((request.sender, request.number))

    monkeypatch.setitem(COMMANDS, "ping", note)
    monkeypatch.setitem(COMMANDS, "quit", note)
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
