"""`sla source`: what a known system stands for, printed so that it may stand in its place."""

from __future__ import annotations

from pathlib import Path

import pytest

from checker.text.writing import yaml_text
from tests.cli.console import in_a_process, sla
from tests.funnel.exported import SECTIONS, hubspot, made

Capsys = pytest.CaptureFixture[str]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """An agreement over exports of HubSpot."""
    write(tmp_path, {**SECTIONS, "format": "sla/v1", "agreement": "Ours", "source": hubspot(made(20), tmp_path)})
    return tmp_path


def write(folder: Path, values: dict[str, object]) -> None:
    (folder / "agreement.yaml").write_text(yaml_text(values), encoding="utf-8")


def test_what_is_printed_is_read_as_the_same(folder: Path, capsys: Capsys) -> None:
    shown = sla(capsys, "source", "show", str(folder))
    before = sla(capsys, "check", str(folder), "--format", "json").out
    rest = {**SECTIONS, "format": "sla/v1", "agreement": "Ours"}
    write(folder, rest)
    (folder / "source.yaml").write_text(shown.out, encoding="utf-8")
    again = sla(capsys, "source", "show", str(folder))
    after = sla(capsys, "check", str(folder), "--format", "json").out

    assert (0, "") == (shown.code, shown.err)
    assert shown.out.startswith("# What system: hubspot stands for here; it may stand in its place\nsource:\n")
    assert shown.out.partition("\n")[2] == again.out
    assert [line for line in before.splitlines() if "line" not in line] == [
        line for line in after.splitlines() if "line" not in line
    ]


def test_an_error_names_the_line_of_the_source(folder: Path, capsys: Capsys) -> None:
    text = (folder / "agreement.yaml").read_text(encoding="utf-8")
    (folder / "agreement.yaml").write_text(f"{text}  stages: {{sql: Accepted}}\n", encoding="utf-8")
    number = text.count("\n") + 1
    for command in (("source", "show"), ("check",)):
        ended = sla(capsys, *command, str(folder))

        assert (3, "") == (ended.code, ended.out)
        assert f"agreement.yaml:{number}:17: no file says when a lead came to the stage sql" in ended.err


def test_files_of_another_folder_are_shown_as_they_are_read(folder: Path, capsys: Capsys) -> None:
    other = folder / "other"
    hubspot(made(5), other, "internal")
    ended = sla(capsys, "source", "show", str(folder), "--data", str(other))

    assert "id: hs_object_id" in ended.out


def test_without_a_source_there_is_nothing_to_show(tmp_path: Path, capsys: Capsys) -> None:
    write(tmp_path, {"format": "sla/v1", "agreement": "Ours"})
    ended = sla(capsys, "source", "show", str(tmp_path))

    said = (
        "sla: nothing says where the data is, because the agreement has no section source yet; "
        "sla source inspect EXPORT.csv proposes one\n"
    )

    assert (3, "", said) == tuple(ended)


def test_a_slip_in_the_command_is_told() -> None:
    ended = in_a_process("source", "shwo")

    assert 2 == ended.code
    assert "there is no command shwo; did you mean show?" in ended.err


def test_the_help_of_the_group_reads_no_data() -> None:
    ended = in_a_process("source", "--help", python=("-X", "importtime"))

    assert 0 == ended.code
    assert "Print the source section, with all that a known system stands for" in ended.out
    assert "duckdb" not in ended.err
