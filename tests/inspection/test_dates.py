"""How dates are written is told from all values of a column; the engine's own reading is the second opinion."""

from __future__ import annotations

from collections import Counter
from datetime import datetime

import duckdb
import pytest
from hypothesis import given
from hypothesis import strategies as st

from checker.inspection.dates import read_dates

FORMATS = [
    "%d/%m/%Y", "%m/%d/%Y", "%d-%m-%Y %H:%M", "%d.%m.%Y %H:%M:%S", "%m/%d/%Y %I:%M %p", "%Y/%m/%d", "%Y%m%d",
    "%d %b %Y", "%d %B %Y", "%b %d, %Y", "%d/%m/%y", "%Y-%m-%d %H:%M:%S UTC", "%d/%m/%Y, %H:%M",
]  # fmt: skip
MOMENTS = st.datetimes(datetime(2000, 1, 1), datetime(2049, 12, 31)).map(lambda at: at.replace(second=0, microsecond=0))


def test_a_format_gives_back_what_was_written_by_it():
    """Also to the engine, which reads by it when promises are judged."""
    engine = duckdb.connect()

    @given(st.sampled_from(FORMATS), st.lists(MOMENTS, min_size=1, max_size=8))
    def holds(written_as, moments):
        # some day above 12 proves which of the numbers is the month; of short years, the 31st of a month does
        moments = [*moments, datetime(2021, 12, 31), datetime(2035, 1, 13)]
        values = Counter(moment.strftime(written_as) for moment in moments)
        reading = read_dates(values)

        assert reading is not None
        assert (written_as, (), {}) == (reading.format, reading.other_orders, reading.unfit)
        for value, moment in reading.moments.items():
            (row,) = engine.execute("SELECT try_strptime(?, ?)", [value, written_as]).fetchall()

            assert moment == row[0]

    holds()


@given(st.lists(st.tuples(st.integers(1, 31), st.integers(1, 31)), min_size=1, max_size=6))
def test_day_and_month_are_told_apart_only_by_proof(pairs):
    """A number above 12 is no month; where there is none, both orders are named."""
    values = Counter(f"{first:02}/{second:02}/2028" for first, second in pairs)
    reading = read_dates(values)
    can_be = {
        order
        for order, places in (("dmy", (0, 1)), ("mdy", (1, 0)))
        if all(_is_day(pair[places[0]], pair[places[1]]) for pair in pairs)
    }

    if can_be:
        assert reading is not None
        assert can_be == {reading.order, *reading.other_orders}
        assert not reading.unfit
    else:
        assert reading is None or reading.unfit


def _is_day(day: int, month: int) -> bool:
    try:
        datetime(2028, month, day)
    except ValueError:
        return False
    return True


@pytest.mark.parametrize(
    ("values", "written_as"),
    [
        (["2027-03-31", "2027-03-31 14:05", "2027-03-31T14:05:00+02:00", "2027-03-31T14:05:00.123Z"], None),
        (["2021-01-07 6:49:18", "2021-01-07 10:49:18"], "%Y-%m-%d %H:%M:%S"),
        (["31-12-21", "13-01-22"], "%d-%m-%y"),
    ],
)
def test_forms_that_stand_in_one_column(values, written_as):
    """ISO forms need no format, unless some cell leaves a zero out."""
    reading = read_dates(Counter(values))

    assert reading is not None
    assert (written_as, {}) == (reading.format, reading.unfit)


def test_what_does_not_fit_is_named():
    """Days that no calendar has, other ways of writing, and years in which there are no funnels."""
    reading = read_dates(Counter(["2027-03-31", "2027-02-30", "soon", "31/03/2027", "9999-12-31"]))

    assert reading is not None
    assert ["2027-02-30", "soon", "31/03/2027", "9999-12-31"] == list(reading.unfit)


@pytest.mark.parametrize("values", [["abc"], ["1.2.3"], ["12"], ["2027"], ["2027-13-45"], ["1/2/345"]])
def test_what_is_no_date_is_none(values):
    """Numbers and versions are not taken for dates."""
    assert read_dates(Counter(values)) is None
