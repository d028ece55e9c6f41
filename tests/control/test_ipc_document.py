"""docs/ipc.md says what the tables say, and the tables what there is."""

from pathlib import Path

from gputerm.control.control import function_of
from gputerm.ipc import commands, protocol
from gputerm.ipc.events import EVENTS
from gputerm.policy.privileges import TABLE, Privilege, Trust
from gputerm.tools.write_ipc import page

PAGE = Path(__file__).parents[2] / "docs" / "ipc.md"


def test_the_page_is_made_from_these_tables():
    assert PAGE.read_text(encoding="utf-8") == page(), (
        "run python -m gputerm.tools.write_ipc > docs/ipc.md"
    )


def test_every_row_has_its_function():
    for command in commands.COMMANDS:
        assert command.name in ("version", "schema") or function_of(command)


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
    assert set(TABLE) == set(Privilege)
    assert all(set(grants) == set(Trust) for grants in TABLE.values())
    assert tuple(level.value for level in Trust) == commands.TRUST_LEVELS
