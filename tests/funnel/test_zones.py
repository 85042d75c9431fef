"""Wall times and instants: the engine's whole numbers say what `checker.logic.wall_clock` says, for every zone."""

from __future__ import annotations

from random import Random
from zoneinfo import available_timezones

import pytest

from checker.errors import UnreadableInput
from checker.funnel import nodes, zones
from checker.funnel.duckdb_engine import DuckdbEngine
from checker.logic.wall_clock import DAY, WallClock

ZONES = ("UTC", "America/Sao_Paulo", "Europe/Warsaw", "Asia/Kolkata", "Africa/Casablanca", "Australia/Lord_Howe")


@pytest.fixture(scope="module")
def engine():
    with DuckdbEngine() as engine:
        yield engine


def both_ways(engine, zone, positions):
    """What the engine makes of positions: as wall times the instant, as instants the wall time."""
    phases = zones.phases(zone, min(positions), max(positions))
    engine.load("positions", {"position": "BIGINT"}, [(position,) for position in positions])
    position = nodes.column("position")
    asked = [position, zones.instant(position.copy(), phases), zones.wall(position.copy(), phases)]
    return engine.rows(nodes.select(asked, nodes.table("positions")))


@pytest.mark.parametrize("zone", ZONES)
def test_every_change_of_the_clocks_and_what_lies_around_it(engine, zone):
    """Gaps, repeated hours, and random seconds of fifty years."""
    clock = WallClock(zone, zones.EARLIEST - DAY, zones.LATEST + DAY)
    chance = Random(zone)
    positions = [chance.randrange(zones.EARLIEST, zones.LATEST) for _ in range(500)]
    for phase in zones.phases(zone, zones.EARLIEST, zones.LATEST):
        around = (phase.begins + phase.offset + shift for shift in (-7200, -3600, -1801, -1, 0, 1, 1799, 3599, 3600))
        positions += [position for position in around if zones.EARLIEST <= position < zones.LATEST]

    assert [(position, clock.reaches(position), clock.shows(position)) for position in positions] == both_ways(
        engine, zone, positions
    )


def test_a_narrow_span_gives_the_same(engine):
    """The phases of a year alone are enough for its stamps."""
    clock = WallClock("Europe/Warsaw", zones.EARLIEST, zones.LATEST)
    year = range(1798761600, 1830297600, 4999)

    assert [(wall, clock.reaches(wall), clock.shows(wall)) for wall in year] == both_ways(
        engine, "Europe/Warsaw", list(year)
    )


@pytest.mark.parametrize("zone", sorted(available_timezones())[::40])
def test_zones_of_all_kinds(engine, zone):
    """A sample of all zones there are."""
    clock = WallClock(zone, zones.EARLIEST, zones.LATEST)
    positions = list(range(1262304000, 1893456000, 9_999_991))

    assert [(wall, clock.reaches(wall), clock.shows(wall)) for wall in positions] == both_ways(engine, zone, positions)


def test_an_unknown_zone_is_refused_with_its_place():
    """And with the zone that was probably meant."""
    with pytest.raises(UnreadableInput) as refused:
        zones.check_timezone("Europe/Varsaw", ("source", "timezone"))

    assert refused.value.at is not None
    assert ("source", "timezone") == refused.value.at.path
    assert "Europe/Warsaw" == refused.value.message.arguments["nearest"]
