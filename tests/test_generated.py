"""Files that are made of tables in the code say what the tables say."""

import pytest

from gputerm.tools import generate


@pytest.mark.parametrize("path", generate.PAGES)
def test_a_generated_file_is_up_to_date(path):
    text = (generate.ROOT / path).read_text(encoding="utf-8")
    assert text == generate.page(path), f"{path} is out of date: run make gen"
    assert "`make gen`" in text[:300], f"say at the top of {path} that make gen makes it"


def test_only_what_is_out_of_date_is_written(tmp_path, monkeypatch, capsys):
    for path in generate.PAGES:
        copy = tmp_path / path
        copy.parent.mkdir(parents=True, exist_ok=True)
        copy.write_bytes((generate.ROOT / path).read_bytes())
    (tmp_path / "docs/ipc.md").write_text("old")
    monkeypatch.setattr(generate, "ROOT", tmp_path)
    assert generate.stale() == ["docs/ipc.md"]
    assert generate.main([]) == 0
    assert capsys.readouterr().out == "wrote docs/ipc.md\n"
    assert generate.stale() == []
