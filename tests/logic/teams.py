"""Teams around the world whose working time is hard to count, each with the days on which it is hardest."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from checker.logic.calendar import Calendar
from checker.logic.holidays import closed_days

Hours = Mapping[int, Sequence[tuple[int, int]]]


def at(text: str) -> int:
    """`09:30` as seconds from midnight; 24:00 and later are on the next day."""
    hour, minute = text.split(":")
    return int(hour) * 3600 + int(minute) * 60


def every(days: Sequence[int], *shifts: str) -> Hours:
    """The same shifts, as in `09:00 to 18:00`, on each of the weekdays."""
    openings = [(at(opens), at(closes)) for opens, _, closes in (shift.partition(" to ") for shift in shifts)]
    return dict.fromkeys(days, openings)


WORKING_WEEK = range(5)
WHOLE_WEEK = range(7)


@dataclass(frozen=True, eq=False)
class Team:
    """Working time, the days on which it is watched, and the country whose public holidays it keeps."""

    name: str
    timezone: str
    hours: Hours
    first: date
    last: date
    around: tuple[date, ...] = ()
    country: str | None = None
    also: tuple[date, ...] = ()

    @property
    def holidays(self) -> frozenset[date]:
        return closed_days(self.country, None, self.also, (), range(self.first.year - 1, self.last.year + 2))

    @property
    def calendar(self) -> Calendar:
        return Calendar(self.timezone, self.hours, self.holidays, self.first, self.last)


CARNIVAL = (date(2027, 2, 8), date(2027, 2, 9), date(2027, 5, 27))
SPRING_2027 = (date(2027, 2, 20), date(2027, 5, 10))

TEAMS = (
    Team(
        "São Paulo, 9 to 18, with Carnival",
        "America/Sao_Paulo",
        every(WORKING_WEEK, "09:00 to 18:00"),
        date(2027, 1, 25),
        date(2027, 5, 10),
        (date(2027, 2, 8), date(2027, 3, 26)),
        "BR",
        CARNIVAL,
    ),
    Team(
        "São Paulo in 2018, clocks changed at midnight",
        "America/Sao_Paulo",
        every(WHOLE_WEEK, "00:00 to 09:00", "12:30 to 24:00"),
        date(2018, 1, 20),
        date(2018, 4, 10),
        (date(2018, 2, 18),),
        "BR",
    ),
    Team(
        "São Paulo in 2018, the hour from midnight skipped",
        "America/Sao_Paulo",
        every(WHOLE_WEEK, "00:30 to 09:00", "22:00 to 25:00"),
        date(2018, 10, 10),
        date(2018, 12, 20),
        (date(2018, 11, 4),),
    ),
    Team("Warsaw, 8 to 16", "Europe/Warsaw", every(WORKING_WEEK, "08:00 to 16:00"), *SPRING_2027, country="PL"),
    Team(
        "Warsaw, split shift",
        "Europe/Warsaw",
        every(WORKING_WEEK, "08:30 to 12:00", "13:15 to 17:45"),
        date(2026, 10, 1),
        date(2026, 12, 20),
        (date(2026, 10, 25), date(2026, 11, 11)),
        "PL",
    ),
    Team("New York, 9 to 17", "America/New_York", every(WORKING_WEEK, "09:00 to 17:00"), *SPRING_2027, country="US"),
    Team("Kolkata, 10 to 19", "Asia/Kolkata", every(range(6), "10:00 to 19:00"), *SPRING_2027),
    Team(
        "New York at night, 22 to 6",
        "America/New_York",
        every(WHOLE_WEEK, "22:00 to 30:00"),
        *SPRING_2027,
        (date(2027, 3, 14),),
        "US",
    ),
    Team(
        "New York at night in autumn",
        "America/New_York",
        every(WORKING_WEEK, "21:00 to 29:30"),
        date(2027, 10, 1),
        date(2027, 12, 20),
        (date(2027, 11, 7),),
        "US",
    ),
    Team(
        "Warsaw, always open", "Europe/Warsaw", every(WHOLE_WEEK, "00:00 to 24:00"), *SPRING_2027, (date(2027, 3, 28),)
    ),
    Team(
        "Warsaw, short Saturdays",
        "Europe/Warsaw",
        {**every(WORKING_WEEK, "09:00 to 18:00"), **every([5], "10:00 to 12:30")},
        *SPRING_2027,
        (date(2027, 3, 27),),
        "PL",
    ),
    Team(
        "New York, opens in the skipped hour",
        "America/New_York",
        every(WHOLE_WEEK, "02:15 to 05:00"),
        *SPRING_2027,
        (date(2027, 3, 14),),
    ),
    Team(
        "Warsaw, open in the skipped hour alone",
        "Europe/Warsaw",
        every(WHOLE_WEEK, "02:15 to 02:45"),
        *SPRING_2027,
        (date(2027, 3, 28),),
    ),
    Team(
        "New York, opens in the repeated hour",
        "America/New_York",
        every(WHOLE_WEEK, "01:30 to 02:30"),
        date(2027, 10, 1),
        date(2027, 12, 20),
        (date(2027, 11, 7),),
    ),
    Team(
        "New York, closes in the repeated hour",
        "America/New_York",
        every(WHOLE_WEEK, "00:30 to 01:15", "01:40 to 01:50", "06:00 to 08:00"),
        date(2027, 10, 1),
        date(2027, 12, 20),
        (date(2027, 11, 7),),
    ),
    Team(
        "Lord Howe Island, clocks changed by half an hour",
        "Australia/Lord_Howe",
        {**every(WORKING_WEEK, "09:00 to 17:00"), **every([5, 6], "01:45 to 04:00")},
        *SPRING_2027,
        (date(2027, 4, 4),),
    ),
    Team(
        "London, shifts that overlap, touch and run past the next one's closing",
        "Europe/London",
        {
            **every([0, 1], "09:00 to 13:00", "12:00 to 17:00", "17:00 to 18:00"),
            **every([2], "20:00 to 43:00"),
            **every([3], "06:00 to 11:00"),
            **every([4], "22:00 to 30:00"),
            **every([5], "05:00 to 09:00", "11:00 to 12:00"),
        },
        *SPRING_2027,
        (date(2027, 3, 28),),
        "GB",
    ),
    Team(
        "Nowhere in particular, opens and closes at midnight",
        "UTC",
        {**every([0, 2, 4], "00:00 to 10:00"), **every([1, 3, 5], "16:00 to 24:00")},
        *SPRING_2027,
    ),
    Team(
        "Newfoundland in 2009, clocks put back into the day before",
        "America/St_Johns",
        every(WHOLE_WEEK, "08:00 to 12:00", "20:00 to 24:00"),
        date(2009, 10, 1),
        date(2009, 12, 20),
        (date(2009, 11, 1),),
    ),
    Team(
        "Samoa in 2011, a day that never was",
        "Pacific/Apia",
        every(WHOLE_WEEK, "09:00 to 12:00", "22:00 to 30:00"),
        date(2011, 12, 1),
        date(2012, 2, 20),
        (date(2011, 12, 30),),
    ),
)
