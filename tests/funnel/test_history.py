"""The history of results: what is kept, what is never added twice, and what it takes for a history."""

from __future__ import annotations

import os
from datetime import UTC, date, datetime, timedelta
from multiprocessing import get_context
from pathlib import Path

import duckdb
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from checker.errors import SlaError, UnreadableInput, UnwritableOutput
from checker.funnel.history import COLUMNS, NOT_KEPT, append, kept_columns, read_history
from checker.language import words
from checker.replacing import held
from checker.verdict import Again, Evidence, FunnelCount, Outlook, Result, Results, Status

MARCH = datetime(2027, 3, 31, 23, 59, 59, tzinfo=UTC)
ONE = Result(
    promise="first-response.asked",
    owes="sales",
    period="2027-03",
    channel="ads",
    status=Status.MISSED,
    outlook=None,
    agreement="2027.1",
    unit="share",
    at_most=True,
    about=True,
    judged=True,
    judged_on=date(2027, 4, 1),
    actual=0.1,
    target=0.9,
    numerator=1,
    denominator=10,
    waiting=2,
    not_counted=3,
    not_owed=4,
    cannot_tell=5,
    by_silence=6,
    allowed_misses=7,
    interval=(0.01, 0.4),
    evidence=Evidence.CLEAR,
    missed_by_chance=0.001,
    median_seconds=3600,
    p90_seconds=7200,
    again=Again(numerator=1, denominator=2, waiting=3),
    offenders=("L-1",),
    offender_count=9,
    file="sla/promises.yaml",
    line=3,
    why="1 of 10, by Ana Souza",
)
OPEN = Result(
    promise="mql-volume",
    owes="marketing",
    period="2027-03",
    status=Status.OPEN,
    outlook=Outlook.AT_RISK,
    unit="leads",
    file="sla/promises.yaml",
    line=9,
)
COUNTS = (
    FunnelCount(period="2027-03", stage="mql", count=80, target=100, complete=False),
    FunnelCount(period="2027-02", stage="mql", channel="ads", count=None),
)


def run(*results: Result, as_of: datetime = MARCH, funnel: tuple[FunnelCount, ...] = ()) -> Results:
    return Results(agreement="Test", as_of=as_of, results=results or (ONE, OPEN), funnel=funnel)


def without_words(result: Result) -> Result:
    return result.model_copy(update={"offenders": (), "why": "", "said": None, "unlock": None})


def told(error: SlaError) -> str:
    return words("en").say(error.message)


def test_every_number_comes_back(tmp_path: Path) -> None:
    """Of results and of the funnel's counts; leads and words do not."""
    file = tmp_path / "history.parquet"
    added = append(file, run(funnel=COUNTS))
    history = read_history(file)

    assert 4 == added
    assert (without_words(ONE), without_words(OPEN)) == tuple(item.result for item in history.results)
    assert COUNTS == tuple(item.count for item in history.counts)
    assert [(MARCH, 1)] * 2 == [(item.as_of, item.run) for item in history.results]
    assert [(MARCH, 1)] * 2 == [(item.as_of, item.run) for item in history.counts]


def test_every_field_of_a_result_is_kept_or_left_out_for_a_reason() -> None:
    """Whoever adds one decides."""
    assert set(Result.model_fields) == {*kept_columns(), *NOT_KEPT}


def test_nothing_of_a_person_or_a_lead_is_in_the_file(tmp_path: Path) -> None:
    """Neither ids of leads nor words, by every column's every cell."""
    file = tmp_path / "history.parquet"
    append(file, run())
    names = ", ".join(f'"{name}"::VARCHAR' for name in COLUMNS)
    cells = [cell for row in duckdb.execute(f"SELECT {names} FROM '{file}'").fetchall() for cell in row if cell]

    assert [] == [cell for cell in cells if "L-1" in cell or "Ana" in cell]


def test_the_same_run_twice_adds_nothing(tmp_path: Path) -> None:
    """The file is not even written."""
    file = tmp_path / "history.parquet"
    append(file, run(funnel=COUNTS))
    before = file.stat()
    added = append(file, run(funnel=COUNTS))

    assert 0 == added
    assert (before.st_ino, before.st_mtime_ns) == (file.stat().st_ino, file.stat().st_mtime_ns)


def test_a_later_run_stands_beside_the_earlier_and_wins(tmp_path: Path) -> None:
    """Whatever order they were written in."""
    file = tmp_path / "history.parquet"
    kept = ONE.model_copy(update={"status": Status.MET})
    append(file, run(kept, as_of=MARCH + timedelta(days=1)))
    append(file, run(ONE))
    history = read_history(file)

    assert [Status.MET, Status.MISSED] == [item.result.status for item in history.results]
    assert [Status.MET] == [result.status for result in history.latest()]
    assert [Status.MISSED] == [result.status for result in history.before(MARCH + timedelta(days=1)).latest()]


def test_data_that_was_put_right_is_a_run_of_its_own(tmp_path: Path) -> None:
    """As of the same moment, other numbers: both are kept, and the later run wins."""
    file = tmp_path / "history.parquet"
    right = ONE.model_copy(update={"numerator": 2})
    append(file, run(ONE, OPEN))
    added = append(file, run(right, OPEN))
    history = read_history(file)

    assert 1 == added
    assert [(1, 1), (2, 2)] == [
        (item.run, item.result.numerator) for item in history.results if item.result.promise == ONE.promise
    ]
    assert 2 == next(result.numerator for result in history.latest() if result.promise == ONE.promise)


@given(st.lists(st.tuples(st.integers(0, 3), st.integers(0, 3), st.integers(0, 2)), max_size=8))
@settings(max_examples=25)
def test_latest_is_what_a_dictionary_would_hold(written: list[tuple[int, int, int]]) -> None:
    """Against runs kept in a plain list: by day, then by the order of writing; equal runs are one."""
    from tempfile import TemporaryDirectory

    with TemporaryDirectory() as folder:
        file = Path(folder) / "history.parquet"
        seen: list[tuple[int, int, int]] = []
        for day, promise, count in written:
            result = OPEN.model_copy(update={"promise": f"p{promise}", "numerator": count})
            added = append(file, run(result, as_of=MARCH + timedelta(days=day)))

            assert int((day, promise, count) not in seen) == added
            if added:
                seen.append((day, promise, count))
        expected = {f"p{promise}": count for _, promise, count in sorted(seen, key=lambda item: item[0])}

        assert expected == {result.promise: result.numerator for result in read_history(file).latest()}


def test_no_file_is_an_empty_history(tmp_path: Path) -> None:
    assert ((), ()) == (read_history(tmp_path / "none").results, read_history(tmp_path / "none").counts)


def parquet(file: Path, query: str) -> Path:
    duckdb.execute(f"COPY ({query}) TO '{file}' (FORMAT parquet)")
    return file


@pytest.mark.parametrize("content", [b"", b"junk", b"PAR1", b"PAR1" + b"\0" * 100 + b"PAR1", b"id,name\n1,x\n"])
def test_a_damaged_file_is_one_clear_error_and_stays(tmp_path: Path, content: bytes) -> None:
    file = tmp_path / "history.parquet"
    file.write_bytes(content)
    for ask in (read_history, lambda path: append(path, run())):
        with pytest.raises(UnreadableInput) as raised:
            ask(file)

        assert f"{file} is damaged, or no history of results: it is no Parquet file that can be read" == told(
            raised.value
        )
    assert content == file.read_bytes()
    assert [file] == list(tmp_path.iterdir())


def test_a_history_that_was_cut_off_is_damaged(tmp_path: Path) -> None:
    file = tmp_path / "history.parquet"
    append(file, run())
    content = file.read_bytes()[:-20]
    file.write_bytes(content)
    with pytest.raises(UnreadableInput):
        append(file, run(as_of=MARCH + timedelta(days=1)))

    assert content == file.read_bytes()


@pytest.mark.parametrize(
    ("query", "said"),
    [
        ("SELECT 1 AS id", "is no history of results: name another file for it"),
        ("SELECT 'mine' AS format, 1 AS run", "is no history of results: name another file for it"),
        (
            "SELECT 'history/v2' AS format, 1 AS run",
            "was written by a newer version of this tool (history/v2): update it to go on with this history",
        ),
    ],
)
def test_a_foreign_file_is_one_clear_error_and_stays(tmp_path: Path, query: str, said: str) -> None:
    file = parquet(tmp_path / "other.parquet", query)
    content = file.read_bytes()
    with pytest.raises(UnreadableInput) as raised:
        append(file, run())

    assert f"{file} {said}" == told(raised.value)
    assert content == file.read_bytes()


@pytest.mark.parametrize("edit", ["'paused' AS status", "NULL::BIGINT AS line", "NULL::TIMESTAMPTZ AS as_of"])
def test_rows_that_nobody_of_ours_wrote_are_one_clear_error(tmp_path: Path, edit: str) -> None:
    """Somebody edited the file, or a newer tool knows more than this one."""
    own, file = tmp_path / "own.parquet", tmp_path / "history.parquet"
    append(own, run())
    parquet(file, f"SELECT * REPLACE ({edit}) FROM '{own}'")
    with pytest.raises(UnreadableInput) as raised:
        read_history(file)

    assert f"{file} holds rows that no check of this version has written" == told(raised.value)


def test_a_folder_is_no_history(tmp_path: Path) -> None:
    with pytest.raises(UnreadableInput) as raised:
        append(tmp_path, run())

    assert f"{tmp_path} is no file that a history could be kept in" == told(raised.value)


def test_columns_of_a_newer_tool_are_kept(tmp_path: Path) -> None:
    """What this one does not know stays with its rows, and is empty in new ones."""
    old, file = tmp_path / "old.parquet", tmp_path / "history.parquet"
    append(old, run())
    parquet(file, f"SELECT *, 'blue' AS mood FROM '{old}'")
    append(file, run(as_of=MARCH + timedelta(days=1)))

    assert [("blue", 2), (None, 2)] == duckdb.execute(
        f"SELECT mood, count(*) FROM '{file}' GROUP BY mood ORDER BY mood NULLS LAST"
    ).fetchall()
    assert 4 == len(read_history(file).results)


def test_a_file_of_an_older_tool_gains_columns(tmp_path: Path) -> None:
    """A result without them reads as one of today's that says nothing of them."""
    new, file = tmp_path / "new.parquet", tmp_path / "history.parquet"
    append(new, run())
    parquet(file, f"SELECT * EXCLUDE (p90_seconds, again_numerator) FROM '{new}'")
    append(file, run(as_of=MARCH + timedelta(days=1)))
    found = [item.result for item in read_history(file).results if item.result.promise == ONE.promise]

    assert [(None, None), (7200, ONE.again)] == [(result.p90_seconds, result.again) for result in found]


def _write(file: str, day: int) -> None:
    path = Path(file)
    with held(path):
        append(path, run(as_of=MARCH + timedelta(days=day)))


def test_several_writers_at_once_lose_nothing(tmp_path: Path) -> None:
    """Six programs, one file: every run is there, each with a number of its own."""
    file = tmp_path / "history.parquet"
    context = get_context("spawn")
    writers = [context.Process(target=_write, args=(str(file), day)) for day in range(6)]
    for writer in writers:
        writer.start()
    for writer in writers:
        writer.join(120)
    history = read_history(file)

    assert [0] * 6 == [writer.exitcode for writer in writers]
    assert [2] * 6 == [sum(item.run == number for item in history.results) for number in range(1, 7)]
    assert {MARCH + timedelta(days=day) for day in range(6)} == {item.as_of for item in history.results}


def test_who_waits_too_long_is_told_so(tmp_path: Path) -> None:
    file = tmp_path / "history.parquet"
    with held(file), pytest.raises(UnwritableOutput) as raised, held(file, patience=0.1):
        pass

    assert f"{file} cannot be written: another program is writing it" == told(raised.value)


def test_a_link_keeps_pointing_where_it_did(tmp_path: Path) -> None:
    real, link = tmp_path / "real.parquet", tmp_path / "link.parquet"
    append(real, run())
    link.symlink_to(real)
    append(link, run(as_of=MARCH + timedelta(days=1)))

    assert link.is_symlink()
    assert 4 == len(read_history(real).results)


@pytest.mark.skipif(os.name != "posix", reason="permissions of POSIX")
def test_permissions_stay(tmp_path: Path) -> None:
    file = tmp_path / "history.parquet"
    append(file, run())
    file.chmod(0o640)
    append(file, run(as_of=MARCH + timedelta(days=1)))

    assert 0o640 == file.stat().st_mode & 0o777
