"""Several files are written all or none."""

from __future__ import annotations

from pathlib import Path

import pytest

from checker.errors import UnwritableOutput
from checker.message import Written
from checker.report.writing import write_together


def names(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir())


def test_all_are_written_with_the_folders_that_they_need(tmp_path: Path) -> None:
    write_together({tmp_path / "releases" / "1.yaml": "é\n", tmp_path / "release.yaml": "b"})

    assert ["é\n", "b"] == [
        (tmp_path / name).read_text(encoding="utf-8") for name in ("releases/1.yaml", "release.yaml")
    ]


def test_none_is_there_where_one_cannot_be_written(tmp_path: Path) -> None:
    """A text that cannot be encoded fails half-way, as a full disk does."""
    with pytest.raises(UnicodeEncodeError):
        write_together({tmp_path / "releases" / "1.yaml": "a", tmp_path / "release.yaml": "x" * 100_000 + "\ud800"})

    assert [] == names(tmp_path)


def test_what_stood_there_is_put_back_where_the_last_cannot_take_its_place(tmp_path: Path) -> None:
    """There is a folder of its name."""
    (tmp_path / "first.yaml").write_text("old", encoding="utf-8")
    (tmp_path / "last.yaml").mkdir()

    with pytest.raises(UnwritableOutput) as refused:
        write_together({tmp_path / "first.yaml": "new", tmp_path / "last.yaml": "new"})

    assert Written(str(tmp_path / "last.yaml")) == refused.value.message.arguments["file"]
    assert ["first.yaml", "last.yaml"] == names(tmp_path)
    assert "old" == (tmp_path / "first.yaml").read_text(encoding="utf-8")


def test_a_new_file_is_taken_away_again_where_the_last_cannot_take_its_place(tmp_path: Path) -> None:
    (tmp_path / "last.yaml").mkdir()

    with pytest.raises(UnwritableOutput):
        write_together({tmp_path / "releases" / "1.yaml": "new", tmp_path / "last.yaml": "new"})

    assert ["last.yaml"] == names(tmp_path)
