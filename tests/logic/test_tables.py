"""The tables for engines hold what the calendar says, for every second of it."""

from __future__ import annotations

from datetime import date
from functools import cache
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from checker.logic.calendar import Calendar, OutsideCalendar
from checker.logic.clock import deadline
from checker.logic.day_table import DayTable, day_table
from checker.logic.deadline_table import DeadlineTable, Position, deadline_table
from checker.logic.pieces import Piece, Pieces, joined, laid_out
from checker.quantity import Duration, Unit
from tests.logic.teams import TEAMS, WHOLE_WEEK, WORKING_WEEK, Team, every


def value(pieces: Pieces, row: int, position: int) -> int:
    """What an engine's CASE gives."""
    for place in pieces.places:
        if place.until is None or position <= pieces.columns[place.until][row]:
            return pieces.columns[place.base][row] + position * place.moves
    raise AssertionError("the last place has an end")


rows_of_pieces = st.lists(
    st.lists(
        st.tuples(st.integers(0, 9), st.integers(0, 50), st.booleans()),
        min_size=1,
        max_size=5,
        unique_by=lambda p: p[0],
    ),
    min_size=1,
    max_size=4,
).map(lambda rows: [sorted(Piece(*piece) for piece in row) for row in rows])


def plain_value(row: list[Piece], position: int) -> int:
    piece = next((piece for piece in row if position <= piece.until), row[-1])
    return piece.base + position * piece.moves


@given(rows_of_pieces, st.integers(0, 12))
def test_laid_out_pieces_keep_their_values(rows, position):
    pieces = laid_out("x", rows)

    assert [plain_value(row, position) for row in rows] == [value(pieces, row, position) for row in range(len(rows))]


@given(rows_of_pieces, st.integers(0, 12))
def test_joined_pieces_keep_their_values_and_differ_from_their_neighbours(rows, position):
    for row in rows:
        result = joined(row)

        assert plain_value(row, position) == plain_value(result, position)
        assert all(one._replace(until=0) != next_one._replace(until=0) for one, next_one in pairwise(result))


def test_a_table_is_no_wider_than_its_widest_row_needs():
    rows = [
        [Piece(5, 1), Piece(8, 2, True), Piece(9, 3)],
        [Piece(9, 4, True)],
        [Piece(3, 1), Piece(9, 0, True)],
        [Piece(9, 7)],
    ]

    places = laid_out("x", rows).places

    assert [(False, "x_1_until"), (True, "x_2_until"), (False, None)] == [
        (place.moves, place.until) for place in places
    ]


@cache
def tables(team: Team) -> tuple[Calendar, DayTable]:
    calendar = team.calendar
    return calendar, day_table(calendar)


@cache
def deadlines(team: Team, duration: Duration) -> DeadlineTable:
    return deadline_table(tables(team)[0], duration)


teams = st.sampled_from(TEAMS)


@st.composite
def moments(draw):
    """A team, and an instant: anywhere, or at most a second away from where something changes."""
    team = draw(teams)
    calendar, _ = tables(team)
    edges = [*calendar.opens, *calendar.closes, *calendar.closings, *calendar.beginnings, calendar.start, calendar.end]
    anywhere = st.integers(calendar.start, calendar.end - 1)
    nearby = st.builds(int.__add__, st.sampled_from(edges), st.integers(-1, 1)).filter(calendar.covers)
    return team, draw(anywhere | nearby)


@given(moments())
def test_the_day_table_says_what_the_calendar_says(moment):
    team, instant = moment
    calendar, table = tables(team)
    row = table.columns["day"].index(instant // 86400)
    month = calendar.month_of(instant)

    assert (
        calendar.business_seconds(instant),
        month.year * 100 + month.number,
        calendar.closings_before(instant),
        calendar.working_days_begun(instant),
    ) == tuple(
        value(pieces, row, instant) for pieces in (table.worked, table.month, table.closings, table.working_days)
    )


durations = st.builds(Duration, st.integers(0, 9), st.sampled_from(list(Unit)))


@given(moments(), durations)
def test_a_deadline_table_says_what_the_clock_says(moment, duration):
    team, start = moment
    calendar, _ = tables(team)
    table = deadlines(team, duration)
    row = table.columns["day"].index(start // 86400)
    try:
        due = deadline(calendar, start, duration)
    except OutsideCalendar:
        assert start >= table.known_until
    else:
        month = calendar.month_of(due)
        position = calendar.business_seconds(start) if table.position is Position.WORKED else start

        assert start < table.known_until
        assert (due, month.year * 100 + month.number) == (
            value(table.deadline, row, position),
            value(table.month, row, due),
        )


@pytest.mark.parametrize("team", TEAMS, ids=lambda team: team.name)
@pytest.mark.parametrize(
    "duration", ["4 business hours", "2 business days", "26 hours", "0 weeks", "3 days", "1 month"]
)
def test_every_deadline_before_known_until_is_known_and_none_after(team, duration):
    calendar, _ = tables(team)
    table = deadlines(team, Duration.parse(duration))

    assert table.known_until == calendar.end or table.known_until < calendar.end
    assert calendar.covers(deadline(calendar, table.known_until - 1, Duration.parse(duration)))
    if table.known_until < calendar.end:
        with pytest.raises(OutsideCalendar):
            deadline(calendar, table.known_until, Duration.parse(duration))


def test_a_duration_longer_than_the_calendar_has_no_deadline_in_it():
    calendar, _ = tables(TEAMS[0])
    table = deadline_table(calendar, Duration.parse("3 months"))

    assert calendar.start < table.known_until < calendar.end
    assert calendar.start == deadline_table(calendar, Duration.parse("5 months")).known_until


def test_an_office_takes_few_columns():
    """What an engine has to carry through a join decides what a check costs."""
    calendar = Calendar(
        "America/Sao_Paulo", every(WORKING_WEEK, "09:00 to 18:00"), (), date(2025, 1, 1), date(2027, 12, 31)
    )
    table = day_table(calendar)

    assert [[False, True, False], [False, False], [False, False], [False, False]] == [
        [place.moves for place in pieces.places]
        for pieces in (table.worked, table.month, table.closings, table.working_days)
    ]
    due = [
        deadline_table(calendar, Duration.parse(text))
        for text in ("4 business hours", "2 business days", "15 minutes", "3 days", "1 month")
    ]

    assert [2, 2, 1, 1, 2] == [len(table.deadline.places) for table in due]
    assert [2, 2, 2, 2, 2] == [len(table.month.places) for table in due]


def test_what_changes_with_the_utc_day_takes_no_column_of_the_day_before():
    calendar = Calendar("UTC", every(WORKING_WEEK, "00:00 to 09:00"), (), date(2027, 1, 1), date(2027, 12, 31))
    table = day_table(calendar)

    assert [[True, False], [False], [False, False], [False]] == [
        [place.moves for place in pieces.places]
        for pieces in (table.worked, table.month, table.closings, table.working_days)
    ]
    assert 365 == len(table.columns["day"])


def test_a_day_may_have_one_second_whose_deadline_is_known():
    calendar = Calendar("UTC", every(WHOLE_WEEK, "00:00 to 12:00"), (), date(2027, 1, 1), date(2027, 1, 2))
    table = deadline_table(calendar, Duration.parse("12 business hours"))
    second_day = calendar.start + 86400

    assert second_day + 1 == table.known_until
    assert second_day + 12 * 3600 == value(table.deadline, 1, calendar.business_seconds(second_day))


@pytest.mark.parametrize("team", TEAMS, ids=lambda team: team.name)
def test_tables_have_a_row_for_every_utc_day_and_whole_numbers_alone(team):
    calendar, table = tables(team)
    days = tuple(range(calendar.start // 86400, (calendar.end - 1) // 86400 + 1))
    due = deadlines(team, Duration.parse("1 week"))

    assert days == table.columns["day"] == due.columns["day"]
    assert {len(days)} == {len(column) for column in (*table.columns.values(), *due.columns.values())}
    assert {int} == {type(number) for column in (*table.columns.values(), *due.columns.values()) for number in column}
    assert (calendar.start, calendar.end) == (table.first_instant, table.end_instant)
