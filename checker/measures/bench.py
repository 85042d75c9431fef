"""What a check needs before anything is counted: the cut-off, the calendars, the leads as they were then."""

from __future__ import annotations

import math
from collections.abc import Callable, Collection
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from fractions import Fraction
from functools import partial
from zoneinfo import ZoneInfo

from checker.agreement import Agreement
from checker.errors import NothingToJudge, WrongUsage
from checker.funnel import Funnel
from checker.funnel.calendars import load_calendar
from checker.funnel.counts import Counter
from checker.funnel.lead_rows import Setting, Silence
from checker.funnel.leads import view_of_leads
from checker.funnel.rounds import rows_of_lines
from checker.logic.calendar import Calendar, OutsideCalendar
from checker.logic.clock import deadline
from checker.logic.holidays import UnknownPlace
from checker.logic.wall_clock import UnknownTimezone
from checker.logic.working_time import calendar_of, round_the_clock
from checker.measures.clocks import NO_CALENDAR, ask_excuse, calendars_of, first_calendar
from checker.measures.handoffs import time_to_hand_over
from checker.measures.persistence import come_back_times
from checker.measures.timeline import Timeline
from checker.measures.view import View
from checker.message import Message, say
from checker.quantity import Duration, Unit

MOST_YEARS = 20
"""Stamps further back than this from the cut-off are reported and not counted: no calendar is laid out for them."""
YEARS = range(1990, 2200)
"""As of which years one may judge."""
MOST_ATTEMPTS = 6
FURTHEST_DAYS = 365 * 60
_DAYS = {
    Unit.MINUTES: Fraction(1, 1440),
    Unit.HOURS: Fraction(1, 24),
    Unit.DAYS: Fraction(1),
    Unit.WEEKS: Fraction(7),
    Unit.MONTHS: Fraction(31),
    Unit.BUSINESS_MINUTES: Fraction(1, 240),
    Unit.BUSINESS_HOURS: Fraction(1, 4),
    Unit.BUSINESS_DAYS: Fraction(2),
}
"""About how many days of the calendar a unit takes."""


@dataclass(frozen=True, slots=True)
class Bench:
    """All that counting and judging need."""

    view: View
    counter: Counter


def set_up(
    agreement: Agreement,
    funnel: Funnel,
    as_of: date | None,
    *,
    looking_back: bool = False,
    only_verdicts: bool = False,
) -> Bench:
    """Fixes the cut-off (the end of a day, else the last stamp of the data) and lays out what counting needs.

    Who is `looking_back` judges months before the agreement began, too; who wants `only_verdicts` is not told how long
    answers took. Raises NothingToJudge where the data holds no stamp, WrongUsage for a day that no calendar can
    reach, MissingExtra.
    """
    if as_of is not None and as_of.year not in YEARS:
        raise WrongUsage(say("{day} lies too far away to judge anything", day=as_of))
    if funnel.last_stamp is None:
        raise NothingToJudge(say("the data holds no event of any lead, so there is nothing to judge"))
    zone = _zone(agreement)
    today = as_of or _local_date(funnel.last_stamp, zone)
    calendars, broken = _calendars(agreement, zone, _first_day(funnel, today, zone), today)
    first = first_calendar(agreement)
    reports = first if first in calendars else NO_CALENDAR
    calendar = calendars[reports]
    is_whole_day = as_of is not None or _is_only_a_date(funnel, calendar)
    cut_off = calendar.midnight(today + timedelta(days=1)) - 1 if is_whole_day else funnel.last_stamp
    leads = view_of_leads(funnel, calendar.start, cut_off)
    others = rows_of_lines(agreement, funnel.lines, leads)
    view = View(
        agreement,
        leads,
        Timeline(calendar, cut_off, {**funnel.coverage, **funnel.side.coverage()}),
        stand_ins={name: event.stand_in for name, event in funnel.events.items() if event.stand_in is not None},
        only_dates=frozenset(
            name for name, event in funnel.events.items() if event.count and event.days_only == event.count
        ),
        broken_calendars=broken,
        others=others,
        lines=funnel.lines,
        side=funnel.side,
        looking_back=looking_back,
    )
    tables = {
        name: load_calendar(funnel.engine, f"working time {name}".strip(), calendars[name], durations)
        for name, durations in _deadlines(agreement, reports).items()
        if name in calendars
    }
    silence = _silence(agreement, view)
    setting = Setting(agreement, leads, tables, reports, silence, others, funnel.side, only_verdicts=only_verdicts)
    return Bench(view, Counter(funnel.engine, setting))


# ---------------------------------------------------------------- days


def _zone(agreement: Agreement) -> str:
    """The zone of months and reports: that of the first working time, else of the source, else UTC."""
    working_time = agreement.working_time()
    source = agreement.sections.source
    name = working_time.timezone if working_time else source.timezone if source else None
    try:
        return str(ZoneInfo(name)) if name else "UTC"
    except (ValueError, OSError, KeyError):
        return "UTC"


def _local_date(instant: int, zone: str) -> date:
    return datetime.fromtimestamp(instant, ZoneInfo(zone)).date()


def _first_day(funnel: Funnel, today: date, zone: str) -> date:
    """The first day that the data may touch, and the month before it."""
    days = [_local_date(event.first, zone) for event in funnel.events.values() if event.first is not None]
    days += [coverage.first for coverage in [*funnel.coverage.values(), *funnel.side.coverage().values()]]
    first = min([*days, today]) - timedelta(days=40)
    return max(first.replace(day=1), date(today.year - MOST_YEARS, 1, 1))


def _is_only_a_date(funnel: Funnel, reports: Calendar) -> bool:
    """Whether the last stamp of the data is a date, which means some time on that day."""
    last = funnel.last_stamp
    dated = any(event.last == last and event.days_only for event in funnel.events.values())
    return dated and last is not None and reports.midnight(reports.local_date(last)) == last


# ---------------------------------------------------------------- calendars


def _calendars(
    agreement: Agreement, zone: str, begin: date, today: date
) -> tuple[dict[str, Calendar], dict[str, Message]]:
    """The calendar of each working time by its name, and one without closing hours; why some cannot be laid out."""
    durations = {duration for asked in _deadlines(agreement, NO_CALENDAR).values() for duration in asked}
    found: dict[str, Calendar] = {}
    broken: dict[str, Message] = {}
    for name, working_time in (agreement.sections.working_time or {}).items():
        try:
            found[name] = _reaching(partial(calendar_of, working_time, begin), today, durations)
        except (UnknownTimezone, UnknownPlace) as error:
            broken[name] = error.message
    found[NO_CALENDAR] = _reaching(partial(round_the_clock, zone, begin), today, durations)
    return found, broken


def _reaching(calendar_until: Callable[[date], Calendar], today: date, durations: Collection[Duration]) -> Calendar:
    """A calendar that reaches beyond the deadlines of whatever starts by the end of today, as far as it can."""
    days = 40 + math.ceil(max((_DAYS[duration.unit] * duration.count for duration in durations), default=0))
    for _ in range(MOST_ATTEMPTS):
        calendar = calendar_until(today + timedelta(days=min(days, FURTHEST_DAYS)))
        if all(_is_inside(calendar, today, duration) for duration in durations):
            return calendar
        days *= 2
    return calendar_until(today + timedelta(days=min(days, FURTHEST_DAYS)))


def _is_inside(calendar: Calendar, today: date, duration: Duration) -> bool:
    try:
        deadline(calendar, calendar.midnight(today + timedelta(days=1)), duration)
    except OutsideCalendar:
        return False
    return True


def _deadlines(agreement: Agreement, reports: str) -> dict[str, list[Duration]]:
    """The deadlines that each calendar is asked for; rates are judged by that of the reports."""
    found: dict[str, list[Duration]] = {reports: []}
    for promise in agreement.promises():
        names = calendars_of(promise, agreement) if promise.clock is not None else (reports,)
        measured = promise.measured
        asked = [each.time for each in promise.deadlines]
        if measured is not None:
            asked += [measured.judged_after] if measured.judged_after is not None else []
            asked += [measured.needs.over] if measured.needs is not None and measured.needs.over is not None else []
            asked += come_back_times(agreement) if measured.measure == "recycled_on_time" else []
            to_hand_over = time_to_hand_over(agreement) if measured.measure == "missed_leads" else None
            asked += [] if to_hand_over is None else [to_hand_over]
        for name in names:
            found.setdefault(name, []).extend(duration for duration in asked if duration not in found[name])
    return found


def _silence(agreement: Agreement, view: View) -> Silence | None:
    """What no answer means: of the first promise that says so and has one deadline for all."""
    for promise in agreement.promises():
        clock = promise.clock
        if clock is None or clock.no_answer_means is None or clock.stops != "decided" or len(promise.deadlines) != 1:
            continue
        if ask_excuse(promise, view) is None:
            (name,) = list(calendars_of(promise, agreement))[:1]
            return Silence(clock.starts, promise.deadlines[0].time, name, clock.no_answer_means == "accepted")
    return None
