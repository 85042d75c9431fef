"""`sla check --history`: what is told, what fails, and what stays as it was."""

from __future__ import annotations

from pathlib import Path
from xml.etree import ElementTree as ET

import pytest

from checker.funnel.history import read_history
from tests.cli.console import Ended, sla
from tests.cli.test_check import AGREEMENT, LEADS

Capsys = pytest.CaptureFixture[str]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "agreement.yaml").write_text(AGREEMENT, encoding="utf-8")
    (tmp_path / "leads.csv").write_text(LEADS, encoding="utf-8")
    return tmp_path


def check(capsys: Capsys, folder: Path, as_of: str, *more: str) -> Ended:
    """A run as of a day that keeps what it finds."""
    history = str(folder / "kept" / "history.parquet")
    return sla(capsys, "check", str(folder), "--as-of", as_of, "--history", history, *more)


def test_a_run_is_added_once_and_told_beside_the_results(folder: Path, capsys: Capsys) -> None:
    """The results are the same as without it."""
    file = folder / "kept" / "history.parquet"
    alone = sla(capsys, "check", str(folder), "--as-of", "2027-03-31")
    first, second = check(capsys, folder, "2027-03-31"), check(capsys, folder, "2027-03-31")

    assert (alone.out, alone.code) == (first.out, first.code) == (second.out, second.code)
    assert f"sla: 13 results are added to {file}\n" == first.err
    assert f"sla: {file} holds these results already\n" == second.err


def test_only_what_is_news_fails_where_that_is_asked(folder: Path, capsys: Capsys) -> None:
    """In February all was kept. March is missed: news on its first day, none on the next; both say it was missed."""
    fail_on = ("--fail-on", "newly-missed")
    codes = [check(capsys, folder, day, *fail_on).code for day in ("2027-02-28", "2027-03-31", "2027-03-31")]
    report = folder / "tests.xml"
    next_day = check(capsys, folder, "2027-04-01", *fail_on, "--format", f"junit={report}")

    assert [0, 1, 1] == codes
    assert 0 == next_day.code
    assert [] == ET.parse(report).findall(".//failure")
    assert "missed: Call each new lead within half a working day" in report.read_text(encoding="utf-8")


def test_what_is_news_needs_a_history(folder: Path, capsys: Capsys) -> None:
    ended = sla(capsys, "check", str(folder), "--fail-on", "newly-missed")

    assert 2 == ended.code
    assert "--fail-on newly-missed compares with earlier runs: name their file with --history" in ended.err


def test_a_file_that_is_no_history_stops_the_run_before_anything_is_read(folder: Path, capsys: Capsys) -> None:
    """One clear error; the file stays."""
    file = folder / "agreement.yaml"
    (folder / "leads.csv").unlink()
    ended = sla(capsys, "check", str(folder), "--history", str(file))

    said = f"sla: {file} is damaged, or no history of results: it is no Parquet file that can be read\n"
    assert (3, "", said) == ended
    assert AGREEMENT == file.read_text(encoding="utf-8")


def test_a_place_that_cannot_be_written_is_one_clear_error(folder: Path, capsys: Capsys) -> None:
    """The results are out by then."""
    ended = sla(capsys, "check", str(folder), "--history", str(folder / "leads.csv" / "history.parquet"))

    assert 3 == ended.code
    assert ended.err.startswith(f"sla: {folder / 'leads.csv' / 'history.parquet'} cannot be written: ")
    assert 1 == ended.err.count("\n")


def test_what_was_kept_is_what_json_says(folder: Path, capsys: Capsys) -> None:
    check(capsys, folder, "2027-03-31")
    kept = read_history(folder / "kept" / "history.parquet").latest()

    assert {("first-response", "2027-02", "met"), ("first-response", "2027-03", "missed")} <= {
        (result.promise, result.period, result.status.value) for result in kept
    }
