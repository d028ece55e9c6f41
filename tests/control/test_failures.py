"""A mistake of ours in a command: the client is told, and the app, which reports it."""

from types import SimpleNamespace

from gputerm.control.control import Control
from gputerm.ipc import protocol


def test_a_mistake_is_answered_without_its_message_and_reported(monkeypatch):
    def broken(context, request):
        raise KeyError("hunter2")

    monkeypatch.setattr("gputerm.control.windows.ping", broken)
    failures, reported = [], []
    request = SimpleNamespace(
        method="ping",
        sender=1,
        alive=True,
        fail=lambda *told: failures.append(told),
    )
    app = SimpleNamespace(report_failure=lambda error, doing: reported.append((error, doing)))
    one = Control(app)
    one.handle(request)
    one.tick()
    assert failures == [(protocol.INTERNAL_ERROR, "ping failed by a mistake of ours")]
    [(error, doing)] = reported
    assert isinstance(error, KeyError)
    assert doing == "carrying out ping"
