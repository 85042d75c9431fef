"""Results are written whole or not at all."""

from __future__ import annotations

import os
import stat
from pathlib import Path

import pytest

from checker.errors import UnwritableOutput
from checker.report.writing import write_text

FULL = Path("/dev/full")


def test_a_file_is_written_with_the_folders_that_it_needs(tmp_path: Path) -> None:
    write_text(tmp_path / "a" / "b" / "out.json", "é\n")

    assert b"\xc3\xa9\n" == (tmp_path / "a" / "b" / "out.json").read_bytes()


def test_a_file_is_replaced_and_keeps_its_permissions(tmp_path: Path) -> None:
    file = tmp_path / "out.json"
    file.write_text("old", encoding="utf-8")
    file.chmod(0o640)
    write_text(file, "new")

    assert ("new", 0o640) == (file.read_text(encoding="utf-8"), stat.S_IMODE(file.stat().st_mode))


def test_a_new_file_has_the_usual_permissions(tmp_path: Path) -> None:
    mask = os.umask(0o027)
    try:
        write_text(tmp_path / "out.json", "new")
    finally:
        os.umask(mask)

    assert 0o640 == stat.S_IMODE((tmp_path / "out.json").stat().st_mode)


def test_a_link_stays_a_link(tmp_path: Path) -> None:
    target, link = tmp_path / "target.json", tmp_path / "link.json"
    target.write_text("old", encoding="utf-8")
    link.symlink_to(target)
    write_text(link, "new")

    assert link.is_symlink()
    assert "new" == target.read_text(encoding="utf-8")


def test_what_stood_there_is_untouched_where_the_new_text_cannot_be_written(tmp_path: Path) -> None:
    """A text that cannot be encoded fails half-way, as a full disk does."""
    file = tmp_path / "out.json"
    file.write_text("old", encoding="utf-8")

    with pytest.raises(UnicodeEncodeError):
        write_text(file, "x" * 100_000 + "\ud800")

    assert ["out.json"] == [path.name for path in tmp_path.iterdir()]
    assert "old" == file.read_text(encoding="utf-8")


@pytest.mark.skipif(not FULL.exists(), reason="only where there is /dev/full")
def test_a_full_disk_is_one_clear_error() -> None:
    with pytest.raises(UnwritableOutput) as refused:
        write_text(FULL, "x" * 100_000)

    assert {"/dev/full", "No space left on device"} == {
        getattr(value, "text", value) for value in refused.value.message.arguments.values()
    }


def test_a_folder_cannot_be_written_to_as_a_file(tmp_path: Path) -> None:
    with pytest.raises(UnwritableOutput):
        write_text(tmp_path, "x")

    assert [] == list(tmp_path.iterdir())
