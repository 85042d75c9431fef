"""The engine: small tables, the outside world shut out, errors worded."""

from __future__ import annotations

import csv
import errno
from pathlib import Path

import pytest
from sqlglot import exp

from checker.agreement.source import File
from checker.errors import UnreadableInput, UnwritableOutput
from checker.funnel import nodes, open_funnel
from checker.funnel.csv_files import CsvFile
from checker.funnel.duckdb_engine import DuckdbEngine, literally
from checker.funnel.temporary import is_no_room
from tests.funnel.sources import agreement, leads


def test_small_tables_are_loaded_as_they_are():
    """Also without any row, and with names that need quotes."""
    with DuckdbEngine() as engine:
        engine.load('a "b"; c', {"n'": "BIGINT", "t": "VARCHAR"}, [(1, "it's"), (None, None)])
        engine.load("nothing", {"n": "BIGINT"}, [])
        both = nodes.select([nodes.column("n'"), nodes.column("t")], nodes.table('a "b"; c'))
        rows = engine.rows(both.order_by(nodes.column("t")))

        assert [(1, "it's"), (None, None)] == rows
        assert 0 == engine.count(nodes.table("nothing"))


def test_nothing_but_the_given_files_can_be_read(tmp_path):
    """Once the source is open, no statement reaches another file, not even to write one."""
    (tmp_path / "leads.csv").write_text("id\nL1\n")
    (tmp_path / "secret.csv").write_text("id\nX\n")
    with open_funnel(agreement(leads()), tmp_path) as funnel:
        secret = nodes.file_call("read_csv", nodes.text(str(tmp_path / "secret.csv")), {})
        with pytest.raises(UnreadableInput) as raised:
            funnel.engine.rows(nodes.select([exp.Star()], secret))

        assert "disabled by configuration" in str(raised.value.__cause__)


def test_its_folder_is_gone_when_it_is_closed(tmp_path, monkeypatch):
    """Also where opening failed."""
    # a place of its own: other tests make such folders at the same time
    place = tmp_path / "temporary"
    place.mkdir()
    monkeypatch.setattr("tempfile.tempdir", str(place))
    with DuckdbEngine() as engine:
        folder = engine.folder
        assert folder.is_dir()
    assert not folder.exists()

    (tmp_path / "leads.csv").write_text("nothing of use\n")
    with pytest.raises(UnreadableInput):
        open_funnel(agreement(leads()), tmp_path)

    assert [] == list(place.iterdir())


def test_no_room_for_temporary_files(monkeypatch):
    """A folder that cannot be made is an error in words, with exit code 3."""
    monkeypatch.setattr("tempfile.tempdir", "/nowhere")
    with pytest.raises(UnwritableOutput) as error:
        DuckdbEngine()

    assert 3 == error.value.exit_code


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="no device that is always full")
def test_a_full_disk_while_rows_are_copied(tmp_path):
    """It is not the file that cannot be read, but its copy that cannot be written."""
    (tmp_path / "leads.csv").write_text("id,name\n" + "L2,x\n" * 9000)
    file = CsvFile(tmp_path / "leads.csv", "leads.csv", File(path="leads.csv"))
    with Path("/dev/full").open("w") as full, pytest.raises(UnwritableOutput):
        file.copy([0, 1], csv.writer(full), examples=1)


def test_what_a_full_disk_is():
    """Other errors are something else."""
    assert is_no_room(OSError(errno.ENOSPC, ""))
    assert not is_no_room(OSError(errno.EACCES, ""))


def test_signs_of_patterns_in_names_are_only_signs():
    """As browsers name a second download."""
    assert "/a/leads [[]1].parquet" == literally(Path("/a/leads [1].parquet"))
