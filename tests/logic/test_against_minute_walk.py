"""The calendar, the clock and the tables for engines say what a walker with a wall clock sees."""

from __future__ import annotations

import random
from datetime import UTC, date, datetime, time, timedelta
from functools import cache

import duckdb
import pytest

from checker.logic.calendar import Calendar
from checker.logic.clock import deadline, is_late
from checker.logic.day_table import day_table
from checker.logic.deadline_table import Position, deadline_table
from checker.logic.pieces import Pieces
from checker.quantity import Duration, Unit
from tests.logic.minute_walk import MinuteWalk
from tests.logic.teams import TEAMS, Team

PAIRS = 180
DURATIONS = tuple(
    map(
        Duration.parse,
        (
            "4 business hours",
            "9 business hours",
            "50 business minutes",
            "1 business day",
            "3 business days",
            "90 minutes",
            "26 hours",
            "1 day",
            "1 week",
            "1 month",
        ),
    )
)
every_team = pytest.mark.parametrize("team", TEAMS, ids=lambda team: team.name)


def seconds_at(day: date) -> int:
    return int(datetime.combine(day, time(), UTC).timestamp())


@cache
def calendar_of(team: Team) -> Calendar:
    return team.calendar


@cache
def walk_of(team: Team) -> MinuteWalk:
    day = timedelta(days=1)
    return MinuteWalk(team.timezone, team.hours, team.holidays, team.first - 2 * day, team.last + day)


@cache
def pairs_of(team: Team) -> list[tuple[int, int]]:
    """Starts and stops, most of them near the hardest days, always with room for the longest deadline."""
    chance = random.Random(team.name)
    first, last = seconds_at(team.first) + 86400, seconds_at(team.last) - 40 * 86400
    pairs = []
    for number in range(PAIRS):
        if team.around and number % 3:
            start = seconds_at(chance.choice(team.around)) + chance.randint(-3 * 86400, 2 * 86400)
        else:
            start = chance.randint(first, last)
        # Half of all stamps are round, as people and forms write them, so that many fall on openings and closings.
        start -= start % 900 * chance.randint(0, 1)
        stop = start + chance.choice((chance.randint(-7200, 7200), chance.randint(0, 12 * 86400)))
        pairs.append((start, stop - stop % 900 * chance.randint(0, 1)))
    return pairs


def walked_deadline(walk: MinuteWalk, start: int, duration: Duration) -> int:
    count = duration.count
    match duration.unit:
        case Unit.BUSINESS_MINUTES:
            return walk.due_in_working_time(start, count * 60)
        case Unit.BUSINESS_HOURS:
            return walk.due_in_working_time(start, count * 3600)
        case Unit.BUSINESS_DAYS:
            return walk.due_in_working_days(start, count)
        case Unit.MINUTES:
            return start + count * 60
        case Unit.HOURS:
            return start + count * 3600
        case Unit.DAYS:
            return walk.due_on_the_wall(start, days=count)
        case Unit.WEEKS:
            return walk.due_on_the_wall(start, days=7 * count)
        case Unit.MONTHS:
            return walk.due_on_the_wall(start, months=count)


def walked_late(walk: MinuteWalk, start: int, stop: int, duration: Duration) -> bool:
    """Of working time, more than allowed was used; of all else, the deadline has passed."""
    if duration.unit in (Unit.BUSINESS_MINUTES, Unit.BUSINESS_HOURS):
        allowed = duration.count * (60 if duration.unit is Unit.BUSINESS_MINUTES else 3600)
        return walk.elapsed(start, stop) > allowed
    return stop > walked_deadline(walk, start, duration)


def month_code(day: date) -> int:
    return day.year * 100 + day.month


def test_pairs_are_at_least_two_thousand_over_at_least_ten_calendars():
    assert len(TEAMS) >= 10
    assert sum(len(pairs_of(team)) for team in TEAMS) >= 2000


@every_team
def test_elapsed_working_time_is_what_the_walker_counts(team):
    calendar, walk = calendar_of(team), walk_of(team)
    expected = [walk.elapsed(start, stop) for start, stop in pairs_of(team)]

    assert expected == [calendar.elapsed(start, stop) for start, stop in pairs_of(team)]


@every_team
def test_doors_are_open_and_dates_change_when_the_walker_sees_it(team):
    calendar, walk = calendar_of(team), walk_of(team)
    instants = [instant for pair in pairs_of(team) for instant in pair]

    assert [walk.is_open(instant) for instant in instants] == [calendar.is_open(instant) for instant in instants]
    assert [walk.day(instant) for instant in instants] == [calendar.local_date(instant) for instant in instants]


@every_team
def test_working_days_are_those_on_which_the_walker_found_the_doors_open(team):
    expected = tuple(sorted(day for day in walk_of(team).closings if team.first <= day <= team.last))

    assert expected == calendar_of(team).working_days(team.first, team.last)


@every_team
@pytest.mark.parametrize("duration", DURATIONS, ids=str)
def test_deadlines_and_lateness_are_what_the_walker_finds(team, duration):
    calendar, walk = calendar_of(team), walk_of(team)
    pairs = pairs_of(team)

    assert [walked_deadline(walk, start, duration) for start, _ in pairs] == [
        deadline(calendar, start, duration) for start, _ in pairs
    ]
    assert [walked_late(walk, start, stop, duration) for start, stop in pairs] == [
        is_late(calendar, start, stop, duration) for start, stop in pairs
    ]


def read(pieces: Pieces, position: str, table: str) -> str:
    """The CASE that `checker.logic.pieces` describes."""
    *ended, last = (
        (place.until, f"{table}.{place.base}" + (f" + {position}" if place.moves else "")) for place in pieces.places
    )
    cases = "".join(f" WHEN {position} <= {table}.{until} THEN {value}" for until, value in ended)
    return f"CASE WHEN FALSE THEN NULL{cases} ELSE {last[1]} END"


def load(engine: duckdb.DuckDBPyConnection, name: str, columns) -> None:
    names = ", ".join(f"unnest(?::BIGINT[]) AS {column}" for column in columns)
    engine.execute(f"CREATE TABLE {name} AS SELECT {names}", [list(column) for column in columns.values()])


@pytest.fixture(scope="module")
def engine():
    with duckdb.connect() as connection:
        connection.execute("SET TimeZone = 'UTC'; SET threads = 1")
        yield connection


@pytest.fixture
def engine_of(engine, request):
    """An engine that holds a team's pairs and its day table, as `x` and `y` joined to the starts and stops."""

    def prepare(team):
        engine.execute("CREATE SCHEMA working; USE working")
        starts, stops = zip(*pairs_of(team), strict=True)
        load(engine, "pairs", {"pair": range(PAIRS), "start": starts, "stop": stops})
        load(engine, "days", day_table(calendar_of(team)).columns)
        return engine

    yield prepare
    engine.execute("USE main; DROP SCHEMA working CASCADE")


JOINED = "pairs JOIN days x ON x.day = start // 86400 JOIN days y ON y.day = stop // 86400"


@every_team
def test_engines_count_working_time_days_and_months_as_the_walker_does(team, engine_of):
    walk, table = walk_of(team), day_table(calendar_of(team))
    business_days = [
        sum(closing < stop for closing in walk.closings.values()) - sum(day <= walk.day(start) for day in walk.closings)
        for start, stop in pairs_of(team)
    ]
    expected = [
        (walk.elapsed(start, stop), month_code(walk.day(start)), days)
        for (start, stop), days in zip(pairs_of(team), business_days, strict=True)
    ]

    query = f"""
        SELECT ({read(table.worked, "stop", "y")}) - ({read(table.worked, "start", "x")}),
               {read(table.month, "start", "x")},
               ({read(table.closings, "stop", "y")}) - ({read(table.working_days, "start", "x")})
        FROM {JOINED} ORDER BY pair
    """

    assert expected == engine_of(team).execute(query).fetchall()


@every_team
def test_engines_find_deadlines_their_months_and_lateness_as_the_walker_does(team, engine_of):
    calendar, walk = calendar_of(team), walk_of(team)
    days = day_table(calendar)
    engine = engine_of(team)
    for number, duration in enumerate(DURATIONS):
        dues = [walked_deadline(walk, start, duration) for start, _ in pairs_of(team)]
        expected = [
            (due, month_code(walk.day(due)), walked_late(walk, *pair, duration))
            for due, pair in zip(dues, pairs_of(team), strict=True)
        ]

        table = deadline_table(calendar, duration)
        load(engine, f"deadlines_{number}", table.columns)
        position = "used_before" if table.position is Position.WORKED else "start"
        late = "stop > due" if table.seconds is None else f"used > {table.seconds}"
        query = f"""
            WITH clocks AS (
                SELECT pair, start, stop, {read(days.worked, "start", "x")} AS used_before,
                       ({read(days.worked, "stop", "y")}) - ({read(days.worked, "start", "x")}) AS used
                FROM {JOINED}
            ), due AS (
                SELECT clocks.*, z.*,
                       CASE WHEN start < {table.known_until} THEN {read(table.deadline, position, "z")} END AS due
                FROM clocks JOIN deadlines_{number} z ON z.day = start // 86400
            )
            SELECT due, {read(table.month, "due", "due")}, {late} FROM due ORDER BY pair
        """

        assert expected == engine.execute(query).fetchall(), duration
