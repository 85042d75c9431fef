"""The geometry of drawings: places worked out by hand, and laws that hold for all numbers."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st
from markupsafe import Markup

from checker.site.charts import ABOVE
from checker.site.drawings.answered import Stop, answered
from checker.site.drawings.heat import Told, against_target, heat, level
from checker.site.drawings.labels import LETTER, with_room
from checker.site.drawings.pace import pace, planned_by
from checker.site.drawings.ranges import Ranged, ranges
from checker.site.drawings.scale import scale_to
from checker.site.drawings.shares import MonthShare, shares

COUNTS = st.lists(st.integers(0, 500), min_size=1, max_size=31)
SHARES = st.floats(0, 1)


def numbers_of(path: str) -> list[tuple[float, float]]:
    """The corners of a path that has only straight lines."""
    corners = (corner.split() for corner in path.removeprefix("M").split("L"))
    return [(float(x), float(y)) for x, y in corners]


# ---------------------------------------------------------------- scales and labels


@pytest.mark.parametrize(
    ("highest", "roof", "step"), [(0, 1, 1), (1, 1, 1), (8, 8, 2), (100, 100, 50), (101, 150, 50), (1700, 2000, 500)]
)
def test_a_scale_ends_at_a_round_number(highest, roof, step):
    """At the first one that is no smaller."""
    scale = scale_to(highest, 0.0, 100.0)

    assert (roof, step) == (scale.roof, scale.step)


@given(st.floats(0, 1e9))
def test_a_scale_has_room_for_its_number_and_few_lines(highest):
    """Whatever the number is."""
    scale = scale_to(highest, 30.0, 200.0)

    assert 30 - 1e-6 <= scale.y(highest) <= 200
    assert 2 <= len(scale.ticks) <= 6


@pytest.mark.parametrize(
    ("labels", "apart", "expected"),
    [
        (["Jan", "Feb", "Mar"], 48.0, {0, 1, 2}),
        (["Jan", "Feb", "Mar"], 47.0, {0, 2}),
        (["Jan", "Feb", "Mar", "Apr"], 24.0, {1, 3}),
        (["R$ 251K"] * 5, 48.0, {0, 2, 4}),
        ([], 10.0, set()),
    ],
)
def test_of_many_labels_those_are_written_that_do_not_touch(labels, apart, expected):
    """The last one always."""
    assert expected == with_room(labels, apart)


@given(st.lists(st.text(max_size=12), min_size=1, max_size=40), st.floats(1, 200))
def test_no_two_labels_touch(labels, apart):
    """With a letter between them."""
    places = sorted(with_room(labels, apart))
    widths = [max(len(labels[one]), len(labels[other])) * LETTER for one, other in pairwise(places)]

    assert len(labels) - 1 in places
    assert all((other - one) * apart >= width for (one, other), width in zip(pairwise(places), widths, strict=True))


# ---------------------------------------------------------------- the month that goes on


@pytest.mark.parametrize(
    ("working_days", "expected"),
    [
        ((1, 2, 4), [30, 60, 60, 90, 90]),
        ((3,), [0, 0, 90, 90, 90]),
        # nobody works: as if everybody always did
        ((), [18, 36, 54, 72, 90]),
    ],
)
def test_the_plan_is_spread_over_the_working_days(working_days, expected):
    """And stands still on the others."""
    assert expected == planned_by(90, working_days, 5)


def test_the_places_of_a_month():
    """Four days, of which three have come: 2, none, 3; eight are planned, and it heads for 7, or for 5 to 8.

    A lead is 26.5 high (212 of 8), a day 146 wide (584 of 4).
    """
    chart = pace([2, 0, 3], 4, 8, (1, 2, 3, 4), 7, (5, 8))

    assert "M56.0 246.0L202.0 193.0L348.0 193.0L494.0 113.5" == chart.actual
    assert "M56.0 246.0L202.0 193.0L348.0 140.0L494.0 87.0L640.0 34.0" == chart.plan
    assert "M494.0 113.5L640.0 60.5" == chart.ahead
    assert "M494.0 113.5L640.0 34.0V113.5z" == chart.band
    assert (494.0, 113.5, 5) == (chart.today.x, chart.today.y, chart.today.number)
    assert chart.heads_for is not None
    assert 7 == chart.heads_for.number


def test_a_month_that_is_over_heads_nowhere():
    """Also where somebody says where."""
    chart = pace([1, 1], 2, 4, (1, 2), 9, (8, 10))

    assert chart.is_over
    assert ("", "", None) == (chart.ahead, chart.band, chart.heads_for)


@given(COUNTS, st.none() | st.integers(0, 5000), st.sets(st.integers(1, 31)), st.none() | st.floats(0, 9000))
def test_a_month_never_falls_and_stays_inside(counts, target, working_days, heads_for):
    """What has come in stays; the plan ends at the target."""
    chart = pace(counts, 31, target, working_days, heads_for)
    heights = [y for _, y in numbers_of(chart.actual)]

    assert all(later <= before + 1e-9 for before, later in pairwise(heights))
    assert all(34 - 1e-6 <= y <= 246 + 1e-6 for y in heights)
    assert abs(chart.labels[0] - chart.labels[1]) >= 24 - 1e-6 or chart.plan_end is None or chart.heads_for is None
    assert (chart.plan_end is None) is (target is None)
    assert chart.plan_end is None or abs(chart.plan_end.number - (target or 0)) < 1e-6


# ---------------------------------------------------------------- tables of cells


def test_the_places_of_cells():
    """Two columns beside a margin of 100: each 308 wide; a row 58 below the one before."""
    cell = Told(Markup("1"), Markup(""), "heat1")
    chart = heat(["a", "b"], [("one", [cell, cell]), ("two", [None, cell])], beside=100.0)

    assert 308.0 == chart.width
    assert [(100.0, 30.0), (412.0, 30.0), (412.0, 88.0)] == [(one.x, one.y) for one in chart.cells]
    assert [254.0, 566.0] == [name.x for name in chart.columns]


def test_names_above_their_rows_take_a_line_more():
    """For long names, which a phone has no room for beside the cells."""
    cell = Told(Markup("1"), Markup(""), "plain")
    chart = heat(["a"], [("one", [cell]), ("two", [cell])])

    assert [(0.0, 56.0), (0.0, 140.0)] == [(one.x, one.y) for one in chart.cells]
    assert [47.0, 131.0] == [name.y for name in chart.rows]


@pytest.mark.parametrize(
    ("value", "most", "expected"),
    [(0, 1, "heat0"), (0.01, 1, "heat1"), (0.25, 1, "heat2"), (0.5, 1, "heat3"), (0.75, 1, "heat4"), (1, 1, "heat4")],
)
def test_a_cell_is_the_darker_the_more_it_says(value, most, expected):
    """Nothing at all is white."""
    assert expected == level(value, most)


@pytest.mark.parametrize(
    ("actual", "target", "expected"),
    [(4, 4, "above"), (5, 4, "above"), (3, 4, "near"), (2.9, 4, "below"), (2, None, "plain"), (2, 0, "plain")],
)
def test_a_count_is_filled_by_its_target(actual, target, expected):
    """A quarter below is the edge."""
    assert expected == against_target(actual, target)


# ---------------------------------------------------------------- shares


def month(share: float, target: float | None = 0.9, span: tuple[float, float] | None = None) -> MonthShare:
    return MonthShare(Markup("Jan"), Markup("9%"), share, span, target, ABOVE)


def test_the_places_of_shares():
    """The scale begins at a half: 10 points are 38.8 high (194 of 50)."""
    chart = shares([month(1.0), month(0.9, span=(0.6, 0.95)), month(0.5, None)])

    assert 0.5 == chart.floor
    assert [22.0, 60.8, 216.0] == [round(dot.y, 6) for dot in chart.dots]
    assert [110.0, 380.0, 650.0] == [dot.x for dot in chart.dots]
    assert "M70.0 60.8H150.0M340.0 60.8H420.0" == chart.target
    assert (177.2, 41.4) == (round(chart.dots[1].low or 0, 6), round(chart.dots[1].high or 0, 6))


@pytest.mark.parametrize(
    ("months", "floor"),
    [
        ([month(0.8)], 0.5),
        ([month(0.8), month(0.4)], 0.0),
        ([month(0.8, 0.25)], 0.0),
        ([month(0.8, span=(0.3, 0.9))], 0.0),
    ],
)
def test_the_scale_of_shares_begins_at_nothing_where_anything_is_below_a_half(months, floor):
    """A share, its target or its range."""
    assert floor == shares(months).floor


@given(st.lists(st.builds(month, SHARES, st.none() | SHARES), min_size=1, max_size=24))
def test_shares_stay_inside(months):
    """From one month to two years."""
    chart = shares(months)

    assert all(22 - 1e-6 <= dot.y <= 216 + 1e-6 and 70 <= dot.x <= 712 for dot in chart.dots)
    assert chart.dots[-1].label


# ---------------------------------------------------------------- times


def stops(*seconds: float) -> list[Stop]:
    return [Stop(share, at, Markup("")) for share, at in zip((0.5, 0.75, 0.9, 0.95), seconds, strict=True)]


def test_the_places_of_answers():
    """A deadline of an hour, the slowest after two: 7,920 seconds (a tenth more) are 642 wide.

    75% took no longer than the deadline: the shaded part ends there, 127.5 high.
    """
    chart = answered(stops(1800, 3600, 5400, 7200), 3600)

    assert round(70 + 642 * 3600 / 7920, 6) == round(chart.deadline, 6)
    assert [False, False, True, True] == [stop.is_late for stop in chart.stops]
    assert chart.in_time.endswith(f"L{chart.deadline:.1f} 72.5V200.0H70.0z")


def test_between_two_stops_the_shaded_part_follows_the_line():
    """Half way from 75% to 90% it is 82.5%."""
    chart = answered(stops(1800, 3000, 4200, 7200), 3600)

    assert f"L{chart.deadline:.1f} {200 - 170 * 0.825:.1f}V" in chart.in_time


@given(st.lists(st.integers(0, 10**6), min_size=4, max_size=4).map(sorted), st.integers(60, 10**5))
def test_answers_stay_inside(seconds, deadline):
    """What takes more than three deadlines stands at the edge."""
    chart = answered(stops(*seconds), deadline)

    assert 70 <= chart.deadline <= 712
    assert all(70 <= stop.x <= 712 and 30 <= stop.y <= 200 for stop in chart.stops)


# ---------------------------------------------------------------- ranges


def test_the_places_of_ranges():
    """The scale ends at 20% (in steps of 5): a point is 35.2 wide."""
    chart = ranges([Ranged("a", Markup("1 of 9"), 0.1, (0.05, 0.16), other=0.2)], across=0.15)
    (row,) = chart.rows

    assert [0.0, 0.05, 0.1, 0.15, 0.2] == [round(share, 9) for share, _ in chart.ticks]
    assert [8.0, 184.0, 360.0, 536.0, 712.0] == [round(x, 6) for _, x in chart.ticks]
    assert [360.0, 184.0, 571.2, 712.0] == [round(x or 0, 6) for x in (row.middle, row.low, row.high, row.other)]
    assert 536.0 == round(chart.across or 0, 6)


@given(st.lists(SHARES, min_size=1, max_size=9), st.none() | SHARES)
def test_ranges_stay_inside(values, across):
    """Also of nothing, and of all."""
    chart = ranges([Ranged("a", Markup(""), value, (value / 2, (1 + value) / 2)) for value in values], across)

    assert all(8 - 1e-6 <= x <= 712 + 1e-6 for row in chart.rows for x in (row.low, row.middle, row.high) if x)
    assert len(chart.ticks) <= 6
