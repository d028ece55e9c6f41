"""The targets of coverage-guided fuzzing with what their corpora begin with, and what was found."""

import pytest
import store
import targets


@pytest.mark.parametrize("target", targets.TARGETS)
def test_examples(target):
    for example in targets.examples(target)[:40]:
        targets.TARGETS[target](example)


@pytest.mark.parametrize("target", targets.TARGETS)
def test_nothing_and_noise(target):
    for data in (b"", b"\0", bytes(range(256)), b"\xff" * 300):
        targets.TARGETS[target](data)


def test_counters_add_up_and_findings_can_be_read(monkeypatch, tmp_path):
    monkeypatch.setenv("GPUTERM_FUZZ", str(tmp_path / "state"))
    store.add("core", executions=3, seconds=1.5)
    store.add("core", executions=4, next=2)
    assert store.counters("core") == {"executions": 7, "seconds": 1.5, "next": 2}
    path = store.keep("core", "abc", 5, [b"\x1bc", b""], "ValueError: x\ny")
    assert store.read(path) == ("core", 5, [b"\x1bc", b""])
    assert store.findings() == [path]
