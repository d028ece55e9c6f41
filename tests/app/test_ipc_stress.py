"""A small version of stress_ipc.py: everything at once, nothing lost, nothing leaked."""

from stress_ipc import run


def test_hostile_clients_cost_nobody_anything(gputerm):
    terminal = gputerm("-e", "cat")
    report = run(str(terminal.socket), terminal.process.pid, scale=0.05)
    assert report.failed == []
    assert len(report.create_loud) == len(report.echo_loud) > 0
    assert report.descriptors_after <= report.descriptors_before
    assert report.memory_most - report.memory_before < 64 << 20
    assert terminal.windows()[0]["id"] == 1
