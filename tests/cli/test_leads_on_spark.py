"""`sla leads` and `sla explain --lead` with `--engine spark`: to the letter what DuckDB gives."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.cli.console import sla
from tests.cli.test_leads import Capsys, row, written


@pytest.fixture
def agreement(tmp_path: Path) -> Path:
    """Two that are late, one of them answered late, one in time and one that does not fit."""
    times = [
        row("L1"),
        row("L2", Called="2027-03-03 10:00:00"),
        row("L3", Called="2027-03-02 09:30:00"),
        row("L4", Owner="", Company=""),
    ]
    return written(tmp_path, times)


@pytest.mark.parametrize(
    "asked", [("leads", "overdue"), ("leads", "wrongly-qualified"), ("leads", "deadlines"), ("explain", "--lead", "L2")]
)
def test_spark_tells_of_the_same_leads(
    capsys: Capsys, agreement: Path, spark_settings: Path, asked: tuple[str, ...]
) -> None:
    command = (*asked, str(agreement), "--as-of", "2027-03-05", "--format", "json", "--engine")
    by_duckdb = sla(capsys, *command, "duckdb")
    by_spark = sla(capsys, *command, "spark")

    assert (0, "") == (by_duckdb.code, by_duckdb.err)
    assert by_duckdb.out == by_spark.out
    assert 0 == by_spark.code


def test_an_unknown_lead_is_named_on_spark_too(capsys: Capsys, agreement: Path, spark_settings: Path) -> None:
    ended = sla(capsys, "explain", "--lead", "L22", str(agreement), "--engine", "spark")

    assert 2 == ended.code
    assert "there is no lead L22 in the data; did you mean L2" in " ".join(ended.err.split())
