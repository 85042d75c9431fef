"""What fuzzing has found, each as small as it goes, with what is told instead."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.cli.console import sla
from tests.cli.test_check import AGREEMENT, LEADS

Capsys = pytest.CaptureFixture[str]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "agreement.yaml").write_text(AGREEMENT, encoding="utf-8")
    (tmp_path / "leads.csv").write_text(LEADS, encoding="utf-8")
    return tmp_path


def test_a_fix_does_not_put_quotes_around_quotes(tmp_path: Path, capsys: Capsys) -> None:
    """It did so in each of twenty rounds, twice as many each time: the file grew to megabytes."""
    file = tmp_path / "a.yaml"
    broken = "ranking:\n  - {when: {deal: small}, rank: x}\nbecause\n  - {when: {deal: more than 1}, rank: y}\n"
    file.write_text(broken, encoding="utf-8")

    ended = sla(capsys, "validate", str(file), "--fix")

    assert 1 == ended.code
    assert len(file.read_text(encoding="utf-8")) < len(broken) + 20


@pytest.mark.parametrize("asked", [("check", "--history"), ("source", "inspect")])
def test_a_damaged_parquet_file_is_told_as_such(folder: Path, capsys: Capsys, asked: tuple[str, ...]) -> None:
    """Its last bytes say where it tells of itself, and they lie."""
    history = folder / "history.parquet"
    sla(capsys, "check", str(folder), "--history", str(history))
    whole = history.read_bytes()
    length = int.from_bytes(whole[-8:-4], "little")
    start = len(whole) - 8 - length
    codes = set()
    for at in range(start, start + 60, 3):
        history.write_bytes(whole[:at] + b"\xff" + whole[at + 1 :])
        if asked[0] == "check":
            ended = sla(capsys, "check", str(folder), "--history", str(history))
        else:
            ended = sla(capsys, *asked, str(history))
        codes.add(ended.code)

        assert "a defect of this tool" not in ended.err

    assert codes <= {0, 1, 3}
    assert 3 in codes


def test_a_key_that_looks_like_a_step_of_the_model_is_a_key(tmp_path: Path, capsys: Capsys) -> None:
    file = tmp_path / "a.yaml"
    file.write_text("format: sla/v1\n<script>: 1\n", encoding="utf-8")

    ended = sla(capsys, "validate", str(file))

    assert 1 == ended.code
    assert "a.yaml:2:1: error[SLA020] <script> is not a word of this format" in ended.out


def test_fields_that_are_a_text_hide_no_problem_in_others(tmp_path: Path, capsys: Capsys) -> None:
    """Whether a key is a field is asked of the section, which may be anything."""
    file = tmp_path / "a.yaml"
    file.write_text("format: sla/v1\nfields: x\nranking: [{when: [{a: [[1]]}], rank: b}]\n", encoding="utf-8")

    ended = sla(capsys, "validate", str(file))

    assert 1 == ended.code
    assert "error[SLA" in ended.out


def test_targets_without_any_month_end_in_words(tmp_path: Path, capsys: Capsys) -> None:
    """The only key below the channel is no period."""
    file = tmp_path / "a.yaml"
    file.write_text(
        "format: sla/v1\nagreement: X\nplan: {months: 2027-01 to 2027-02, customers: 13}\n"
        'targets: {customer: {all: {"": ""}}}\nstages: {customer: {team: sales, is: won}}\n',
        encoding="utf-8",
    )

    ended = sla(capsys, "validate", str(file))

    assert 1 == ended.code
    assert "a defect of this tool" not in ended.err


def test_a_team_that_is_no_name_hides_no_misspelt_one(tmp_path: Path, capsys: Capsys) -> None:
    file = tmp_path / "a.yaml"
    file.write_text(
        "format: sla/v1\nagreement: X\nstages: {lead: {team: marketing}}\n"
        "people: {ana: {name: Ana, team: {a: b}}, lia: {name: Lia, team: saels}}\n"
        "tools: {crm: {team: saels, records: [decided]}, web: {team: markting, records: [decided]}}\n",
        encoding="utf-8",
    )

    ended = sla(capsys, "validate", str(file))

    assert 1 == ended.code
    assert "a defect of this tool" not in ended.err
