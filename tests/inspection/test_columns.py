"""What the cells of a column tell: kinds, blanks, placeholders, several values, numbers, midnights elsewhere."""

from __future__ import annotations

from collections import Counter
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from checker.inspection.columns import ExportColumn
from checker.inspection.numbers import read_numbers
from checker.inspection.zones import COMMON_ZONES, find_midnights


def column(*cells: str) -> ExportColumn:
    return ExportColumn("any", 0, list(cells))


@pytest.mark.parametrize(
    ("cells", "kind", "blanks"),
    [
        (["2027-03-01", "", "-"], "date", 2),
        (["1", "2.5", "N/A"], "number", 1),
        (["yes", "no", ""], "yes or no", 1),
        (["0", "1"], "number", 0),
        (["cat", "Select"], "text", 1),
        (["", "-", "n/a"], "blank", 3),
        # "none" is a word like others, but no number
        (["none", "confirmed"], "text", 0),
        (["none", "12"], "number", 1),
        (["2027-03-01", "unknown"], "date", 1),
        (["0000-00-00", "2027-03-01"], "date", 1),
    ],
)
def test_kinds_and_blanks(cells, kind, blanks):
    """Placeholders count as blank; words that may be values do so only among numbers and dates."""
    assert (kind, blanks) == (column(*cells).kind, column(*cells).blank)


@pytest.mark.parametrize(
    ("cells", "separator"),
    [
        (["cat", "wolf", "cat, wolf", "shark"], ","),
        (["a;b", "b;c", "a"], ";"),
        (["Silva, João", "Souza, Ana", "Lima, Rui"], None),
        (["cat", "wolf"], None),
    ],
)
def test_several_values_in_a_cell(cells, separator):
    """Their parts also stand alone, or come again; those of names do not."""
    assert separator == column(*cells).separator


@pytest.mark.parametrize(
    ("values", "decimal", "ambiguous"),
    [
        (["1.234,56", "7"], ",", ()),
        (["1,234.56"], ".", ()),
        (["0,5", "1.200"], ",", ()),
        (["R$ 1.200,00"], ",", ()),
        (["1.200"], None, ("1.200",)),
        (["1,200", "3"], None, ("1,200",)),
        (["1.234.567"], ",", ()),
        (["12.5"], ".", ()),
        (["12"], None, ()),
    ],
)
def test_decimal_marks_are_taken_only_where_a_value_proves_them(values, decimal, ambiguous):
    """`1.200` is more than a thousand or little more than one: nobody knows."""
    reading = read_numbers(Counter(values))

    assert reading is not None
    assert (decimal, ambiguous) == (reading.decimal, reading.ambiguous)


@pytest.mark.parametrize("values", [["1,5", "1.5"], ["12a"], ["1.2.3"], ["--"]])
def test_what_is_no_number_is_none(values):
    """Also two ways of writing that exclude each other."""
    assert read_numbers(Counter(values)) is None


def test_zeros_of_an_amount_are_noticed_where_most_rows_hold_them():
    """A count of calls may well be zero for most."""
    revenue = column(*["0.0"] * 95, *["15000.0", "30000.0"] * 3)
    calls = column(*["0"] * 95, *["1", "2"] * 3)

    assert ("0.0", None) == (revenue.not_stated, calls.not_stated)


@given(
    st.sampled_from(COMMON_ZONES),
    st.lists(st.dates(datetime(2019, 1, 1).date(), datetime(2026, 12, 31).date()), min_size=3, max_size=9),
    st.lists(st.integers(1, 86_399).filter(lambda second: second % 3600), max_size=20),
)
def test_midnights_of_some_zone_are_found(zone, days, others):
    """Every day that was stored as midnight there is at midnight in the zone that is proposed."""
    there = ZoneInfo(zone)
    midnights = [datetime(day.year, day.month, day.day, tzinfo=there).astimezone(UTC) for day in days]
    # summer time begins at midnight in some places: that day has none
    midnights = [at for at in midnights if at.astimezone(there).hour == 0]
    moments = [at.replace(tzinfo=None) for at in midnights]
    moments += [datetime(2024, 5, 5) + timedelta(seconds=second) for second in others]
    values = Counter(str(moment) for moment in moments)
    found = find_midnights({str(moment): moment for moment in moments}, values, [zone])

    if len(midnights) >= 3:
        assert found is not None
        assert found.zone is None or all(at.astimezone(ZoneInfo(found.zone)).hour == 0 for at in midnights)


def test_full_hours_of_all_kinds_are_no_midnights():
    """Meetings begin at full hours."""
    moments = [datetime(2027, 3, day, hour) for day in range(1, 20) for hour in range(9, 17)]

    assert find_midnights({str(at): at for at in moments}, Counter(map(str, moments)), []) is None
