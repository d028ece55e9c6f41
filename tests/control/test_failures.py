"""A mistake of ours in a command: the client is told, the log has the place and no content."""

from types import SimpleNamespace

from gputerm import control
from gputerm.control.table import COMMANDS
from gputerm.ipc import protocol


def test_a_mistake_is_answered_and_logged_without_its_message(monkeypatch, capfd):
    def broken(control, request):
        raise KeyError(request.secret)

    monkeypatch.setitem(COMMANDS, "ping", broken)
    failures = []
    request = SimpleNamespace(
        method="ping",
        sender=1,
        alive=True,
        secret="hunter2",
        fail=lambda *told: failures.append(told),
    )
    one = control.Control(None)
    one.handle(request)
    one.tick()
    assert failures == [(protocol.INTERNAL_ERROR, "ping failed by a mistake of ours")]
    told = capfd.readouterr().err
    assert "KeyError" in told
    assert "in broken" in told
    assert "hunter2" not in told
