"""Days off, and deadlines that count them."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta

from checker.agreement import Agreement
from checker.agreement.people import Holidays, WorkingTime
from checker.agreement.promises import OWN_WORKING_TIME
from checker.finding import At, Because, Path, Problem, Severity
from checker.logic.wall_clock import country_of
from checker.message import Message, Written, say
from checker.quantity import Period
from checker.rules.rule import rule


@rule(
    "SLA527",
    "Clocks that run on public holidays",
    severity=Severity.WARNING,
    since="0.1",
    bad="""
        working_time:
          office:                          # SLA527
            timezone: Europe/Warsaw
            days: Monday to Friday
            hours: "08:00 to 16:00"
        sales_promises:
          first-response:
            promise: Call each new lead
            starts: handed_off
            stops: first_personal_contact
            within: 4 business hours       # because
            target: 90%
        """,
    good="""
        working_time:
          office:
            timezone: Europe/Warsaw
            days: Monday to Friday
            hours: "08:00 to 16:00"
            holidays: {country: PL}
        sales_promises:
          first-response:
            promise: Call each new lead
            starts: handed_off
            stops: first_personal_contact
            within: 4 business hours
            target: 90%
        """,
)
def clocks_run_on_holidays(agreement: Agreement) -> Iterator[Problem]:
    """
    Nobody is in the office on Christmas Day, but without `holidays` the deadline passes all the same: every lead that
    came in before it counts as late, and the month is missed for no reason. Name the country, `{country: PL}`, or the
    dates. Asked only of a working time by which some deadline is counted.
    """
    counted: dict[str, Path] = {}
    for promise in agreement.promises():
        for rung in promise.deadlines:
            if rung.time.unit.is_business and promise.clock is not None:
                path = (*rung.path, "time") if rung.name is not None else rung.path
                for name in _calendars(promise.clock.working_time, agreement):
                    counted.setdefault(name, path)
    for name, path in counted.items():
        calendar = (agreement.sections.working_time or {}).get(name)
        if calendar is not None and calendar.holidays is None and not calendar.is_always:
            yield Problem(
                At(("working_time", name), "key"),
                say("public holidays count as working days here"),
                because=(Because(At(path)),),
                note=say("add a line such as {example}", example=Written(_holidays_of(calendar.timezone))),
            )


def _calendars(named: str | None, agreement: Agreement) -> list[str]:
    """The calendars by which a promise's deadline is counted."""
    first = next(iter(agreement.sections.working_time or {}), None)
    if named != OWN_WORKING_TIME:
        return [name for name in (named or first,) if name is not None]
    own = [seller.working_time for seller in (agreement.sections.sellers or {}).values()]
    return [name for name in dict.fromkeys([*(name or first for name in own), first]) if name is not None]


def _holidays_of(timezone: str) -> str:
    """The line to add; where the zone belongs to no country, it is only an example."""
    return f"holidays: {{country: {country_of(timezone) or 'PL'}}}"


@rule(
    "SLA528",
    "Days off that are of another year, or leave no working day",
    severity=Severity.WARNING,
    since="0.1",
    needs=("plan",),
    bad="""
        plan:
          months: 2027-01 to 2027-06         # because
        working_time:
          office:
            timezone: America/Sao_Paulo
            days: Monday to Friday
            hours: "09:00 to 18:00"
            holidays:
              country: BR
              also: [2026-02-16, 2026-02-17]   # SLA528
        """,
    good="""
        plan:
          months: 2027-01 to 2027-06
        working_time:
          office:
            timezone: America/Sao_Paulo
            days: Monday to Friday
            hours: "09:00 to 18:00"
            holidays:
              country: BR
              also: [2027-02-08, 2027-02-09]
        """,
)
def days_off_of_another_year(agreement: Agreement) -> Iterator[Problem]:
    """
    Dates without work are written by hand, and forgotten by hand: the plan moves on to the next year, and Carnival
    stays in the last one. When all the dates of a list lie before the plan begins, none of them will ever count. Nor
    can a clock run where the days off leave not a single working day in the plan.
    """
    plan = agreement.sections.plan
    if plan is None:
        return
    because = (Because(At(("plan", "months"))),)
    for name, calendar in (agreement.sections.working_time or {}).items():
        path: Path = ("working_time", name, "holidays")
        lists = _dates(path, calendar)
        for at, dates in lists:
            if dates and all(day < plan.months.first.first_day for day in dates):
                yield Problem(
                    At(at),
                    say("all these days lie before the plan begins, in {month}", month=plan.months.first),
                    because=because,
                    note=say("write the days of the plan's months"),
                )
        if lists and not _has_working_day(calendar, plan.months):
            yield Problem(
                At(("working_time", name), "key"), _never_open(name), because=(*because, Because(At(lists[0][0])))
            )


def _never_open(name: str) -> Message:
    return say("{working_time} has no working day in the whole plan", working_time=Written(name))


def _dates(path: Path, calendar: WorkingTime) -> list[tuple[Path, list[date]]]:
    """The dates that are written by hand, list by list."""
    holidays = calendar.holidays
    if holidays is None or calendar.is_always:
        return []
    if not isinstance(holidays, Holidays):
        return [(path, holidays)]
    lists = [((*path, "also"), holidays.also or []), ((*path, "except"), holidays.except_ or [])]
    return [(at, dates) for at, dates in lists if dates]


def _has_working_day(calendar: WorkingTime, months: Period) -> bool:
    """Whether some day of the plan is open, as far as the dates written by hand go."""
    holidays = calendar.holidays
    closed = set((holidays.also or []) if isinstance(holidays, Holidays) else holidays or [])
    week = calendar.week()
    days = (months.last.last_day - months.first.first_day).days + 1
    everyday = (months.first.first_day + timedelta(offset) for offset in range(days))
    return any(week.get(day.weekday()) and day not in closed for day in everyday)


@rule(
    "SLA529",
    "Business hours of nobody",
    severity=Severity.WARNING,
    since="0.1",
    needs=("working_time",),
    bad="""
        sales_promises:
          first-response:
            promise: Call each new lead
            starts: handed_off
            stops: first_personal_contact
            within: 4 business hours       # SLA529
            target: 90%
        """,
    good="""
        working_time:
          office: {timezone: Europe/Warsaw, days: Monday to Friday, hours: "08:00 to 16:00", holidays: {country: PL}}
        sales_promises:
          first-response:
            promise: Call each new lead
            starts: handed_off
            stops: first_personal_contact
            within: 4 business hours
            target: 90%
        """,
)
def business_hours_of_nobody(agreement: Agreement) -> Iterator[Problem]:
    """
    "4 business hours" is a promise only if it is known when business is: from when to when, on which days, in which
    time zone, and without which holidays. As long as the agreement has no `working_time`, such a deadline cannot be
    judged.
    """
    if agreement.sections.working_time:
        return
    for promise in agreement.promises():
        for rung in promise.deadlines:
            if rung.time.unit.is_business:
                path = (*rung.path, "time") if rung.name is not None else rung.path
                yield Problem(
                    At(path),
                    say("nothing says when business hours are"),
                    note=say("write them under {key}", key=Written("working_time:")),
                )
                return
