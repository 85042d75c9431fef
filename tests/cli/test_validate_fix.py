"""`sla validate --fix`: what is mended in the files, what is told, and what is left."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.cli.console import sla
from tests.reference import FOLDER, edited_reference

Capsys = pytest.CaptureFixture[str]
NAME = ("meetings.yaml", "who: [marketing, sales]", "who: [marketng, sales]")
COMMA = ("people.yaml", "{name: Helena Prado,", "{name: Helena Prado, the one,")
UNSAFE = ("people.yaml", "role: director", "rolle: director")


def bytes_of(folder: Path) -> dict[str, bytes]:
    return {file.name: file.read_bytes() for file in sorted(folder.iterdir())}


def test_a_slip_is_mended_told_and_reviewed_again(tmp_path: Path, capsys: Capsys) -> None:
    folder = edited_reference(tmp_path, NAME)
    line = next(
        number
        for number, text in enumerate((folder / "meetings.yaml").read_text(encoding="utf-8").splitlines(), 1)
        if "marketng" in text
    )
    ended = sla(capsys, "validate", str(folder), "--fix")

    assert (0, f"{folder}/meetings.yaml:{line}: marketng -> marketing\nmended in 1 place\n") == (ended.code, ended.err)
    assert ended.out.startswith(f"{folder} is consistent: ")
    assert bytes_of(FOLDER) == bytes_of(folder)


def test_everything_else_stays_byte_for_byte(tmp_path: Path, capsys: Capsys) -> None:
    """Line ends of Windows, the mark of UTF-8, no line end at the end, remarks and blanks."""
    folder = edited_reference(tmp_path, NAME, COMMA)
    for name in ("meetings.yaml", "people.yaml"):
        text = (folder / name).read_text(encoding="utf-8").replace("\n", "  \r\n").rstrip()
        (folder / name).write_bytes(b"\xef\xbb\xbf" + text.encode() + "  # ¿é?".encode())
    before = bytes_of(folder)
    ended = sla(capsys, "validate", str(folder), "--fix")
    expected = before | {
        "meetings.yaml": before["meetings.yaml"].replace(b"marketng", b"marketing"),
        "people.yaml": before["people.yaml"].replace(b"Helena Prado, the one,", b'"Helena Prado, the one",'),
    }

    assert "mended in 2 places" in ended.err
    assert expected == bytes_of(folder)


def test_what_is_left_decides_the_exit_code(tmp_path: Path, capsys: Capsys) -> None:
    folder = edited_reference(tmp_path, NAME, UNSAFE)
    ended = sla(capsys, "validate", str(folder), "--fix")

    assert 1 == ended.code
    assert "error[SLA020] rolle is not a word" in ended.out
    assert "marketng" not in ended.out


def test_where_nothing_is_to_be_mended_no_file_is_written(tmp_path: Path, capsys: Capsys) -> None:
    folder = edited_reference(tmp_path)
    stamps = {file: file.stat().st_mtime_ns for file in folder.iterdir()}
    ended = sla(capsys, "validate", str(folder), "--fix")

    assert (0, "nothing to mend without asking\n") == (ended.code, ended.err)
    assert stamps == {file: file.stat().st_mtime_ns for file in folder.iterdir()}


def test_files_without_a_fix_keep_their_stamp_and_all_keep_their_mode(tmp_path: Path, capsys: Capsys) -> None:
    folder = edited_reference(tmp_path, NAME)
    (folder / "meetings.yaml").chmod(0o640)
    stamps = {file: file.stat().st_mtime_ns for file in folder.iterdir() if file.name != "meetings.yaml"}
    sla(capsys, "validate", str(folder), "--fix")

    assert 0o640 == (folder / "meetings.yaml").stat().st_mode & 0o777
    assert stamps == {file: file.stat().st_mtime_ns for file in stamps}
    assert sorted(file.name for file in FOLDER.iterdir()) == sorted(file.name for file in folder.iterdir())


def test_a_dry_run_only_tells(tmp_path: Path, capsys: Capsys) -> None:
    folder = edited_reference(tmp_path, NAME)
    before = bytes_of(folder)
    ended = sla(capsys, "validate", str(folder), "--fix", "--dry-run")

    assert ended.err.endswith("marketng -> marketing\nwould be mended in 1 place\n")
    assert ended.out.startswith(f"{folder} is consistent: ")
    assert before == bytes_of(folder)


def test_a_dry_run_alone_is_a_slip(capsys: Capsys) -> None:
    ended = sla(capsys, "validate", str(FOLDER), "--dry-run")

    assert 2 == ended.code
    assert "--dry-run says what --fix would do: give both" in ended.err


def test_other_formats_stay_clean(tmp_path: Path, capsys: Capsys) -> None:
    """What was mended is told beside the output, so that a program can read that."""
    folder = edited_reference(tmp_path, NAME, UNSAFE)
    ended = sla(capsys, "validate", str(folder), "--fix", "--format", "json")

    assert ["SLA020"] == [finding["code"] for finding in json.loads(ended.out)["findings"]]
    assert "mended in 1 place" in ended.err


def test_a_tab_is_shown_as_one(tmp_path: Path, capsys: Capsys) -> None:
    file = tmp_path / "agreement.yaml"
    file.write_text("format: sla/v1\nagreement: Ours\nstages:\n\tlead: {team: marketing}\n", encoding="utf-8")
    ended = sla(capsys, "validate", str(file), "--fix")

    assert f"{file}:4: '\\t' -> '  '\nmended in 1 place\n" == ended.err
    assert "stages:\n  lead: {team: marketing}\n" in file.read_text(encoding="utf-8")


def test_a_folder_that_cannot_be_written_to_is_told(tmp_path: Path, capsys: Capsys) -> None:
    """A folder stands where the temporary file would: no name is left for it."""
    file = tmp_path / ("a" * 250 + ".yaml")
    text = "format: sla/v1\nagreement: Ours\nstages: {lead: {team: marketing}, mql: {team: markting}}\n"
    file.write_text(text, encoding="utf-8")
    ended = sla(capsys, "validate", str(file), "--fix")

    assert 3 == ended.code
    assert "cannot be written: " in ended.err
    assert text == file.read_text(encoding="utf-8")
