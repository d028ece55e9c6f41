"""docs/ipc.md says what the tables say, and the tables what there is."""

from gputerm.ipc import commands, protocol
from gputerm.ipc.event_table import EVENTS
from gputerm.policy.privileges import GRANTS, Privilege, Trust
from gputerm.tools.write_ipc import page


def test_every_code_is_documented():
    codes = {
        value
        for name, value in vars(protocol).items()
        if name.isupper() and type(value) is int and name != "VERSION"
    }
    codes -= {protocol.MAX_LINE, protocol.MAX_DEPTH, protocol.MAX_BATCH}
    for code in codes:
        assert f"| {code} | " in page()


def test_every_event_and_privilege_is_documented():
    text = page()
    assert all(f"| `{name}` | " in text for name in EVENTS)
    assert set(GRANTS) == set(Privilege)
    assert all(set(grants) == set(Trust) for grants in GRANTS.values())
    assert tuple(level.value for level in Trust) == commands.TRUST_LEVELS
