"""docs/sequences.md says what the tables say."""

from pathlib import Path

from gputerm.tools.write_sequences import page

PAGE = Path(__file__).parents[2] / "docs" / "sequences.md"


def test_the_page_is_made_from_the_tables():
    assert PAGE.read_text(encoding="utf-8") == page(), (
        "run python -m gputerm.tools.write_sequences > docs/sequences.md"
    )
