"""Sales' side of the story: first contacts, decisions, returns, outcomes.

Everyone is on time at first; then the story's counts say how many are late in the month of the deadline, and
chance says which, likelier those of slow sellers and bad days.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import datetime, timedelta

from checker.quantity import Month
from checker.samples.chance import Chance
from checker.samples.fates import BAD_DATA, NOT_OUR_CUSTOMER, is_fresh
from checker.samples.hours import after, at, close_after, is_open, is_working_day, next_working_day, when_open
from checker.samples.profiles import PLACEHOLDERS
from checker.samples.records import Fate, Lead
from checker.samples.story import APRIL, ASH_WEDNESDAY_NOON, CUT_OFF, MARCH, MONTHS

ASKED_HOURS, OTHER_HOURS = 1, 4
DECISION_DAYS, OUTCOME_DAYS, REPAIR_DAYS = 2, 15, 2
PACE = {"ana": 0.4, "bruno": 0.7, "caio": 0.55, "dora": 0.65, "edu": 0.9, "tomas": 0.9}
"""The largest part of the time allowed that each seller takes when on time."""
PACE_OF_EDU_FROM_MARCH = 0.5
LATE = {"ana": 0.5, "bruno": 1.2, "caio": 0.8, "dora": 1.0, "edu": 1.6, "tomas": 60.0}
"""How likely each is late; the director has the work of two ill sellers on top of his own."""
BATCHES = (9, 14)
"""Bruno works through his list at these hours."""
RETURNED_ON = {"No answer": (10, 14)}
"""Working days after the handoff; of the other reasons:"""
RETURNED_SOONER = (4, 13)
NURTURED = {"No answer": 28, "Too early": 55, "No budget": 85}
"""Days after which marketing may hand a lead off again."""


def work(chance: Chance, leads: list[Lead]) -> None:
    """All that sellers do with the leads that were handed off, until one becomes an SQL."""
    for lead in leads:
        lead.contacted = _answer(chance, lead)
    _be_late(chance, leads)
    for lead in leads:
        lead.decided = _decision(chance, lead)
    _decide_late(chance, leads)
    for lead in leads:
        _finish(chance, lead)
    _repair_slowly(chance, leads)
    _write_late(chance, leads)
    _forget_reasons(chance, leads)


def handoff_of(lead: Lead) -> datetime:
    """When it was handed off. Raises ValueError where it never was."""
    if lead.handed_off is None:
        raise ValueError("never handed off")
    return lead.handed_off


def answer_due(lead: Lead) -> datetime:
    """The deadline of the first contact."""
    return after(handoff_of(lead), ASKED_HOURS if lead.profile.asked_for_us else OTHER_HOURS)


def decision_due(lead: Lead) -> datetime:
    """The deadline of saying yes or no."""
    return close_after(handoff_of(lead), DECISION_DAYS)


def outcome_due(lead: Lead) -> datetime:
    """The deadline of writing what became of it."""
    return close_after(handoff_of(lead), OUTCOME_DAYS)


def _late(
    chance: Chance,
    leads: list[Lead],
    due: Callable[[Lead], datetime],
    counts: Mapping[Month, int],
    weight: Callable[[Lead], float],
) -> list[Lead]:
    """As many leads as the counts say, by the month in which they are due, of those that are due at the cut-off."""
    picked: list[Lead] = []
    for month, count in counts.items():
        of_month = {lead: weight(lead) for lead in leads if Month.of(due(lead)) == month and due(lead) <= CUT_OFF}
        picked += chance.some_weighted(of_month, count)
    return picked


# ----------------------------------------------------------------- first contacts


def _answer(chance: Chance, lead: Lead) -> datetime:
    """A first contact in time, by the habits of the lead's seller."""
    start, due = handoff_of(lead), answer_due(lead)
    if lead.owner == "ana" and not is_working_day(start.date()) and 9 <= start.hour < 20 and chance.happens(0.3):
        return start + timedelta(minutes=chance.whole(20, 90))
    if lead.owner == "bruno":
        batch = _next_batch(start) + timedelta(seconds=chance.whole(120, 2100))
        if batch < due:
            return batch
    if lead.owner == "dora" and not lead.profile.asked_for_us and is_open(start) and start.hour >= 16:
        return at(next_working_day(start.date()), 9, chance.whole(5, 55), chance.whole(0, 59))
    pace = PACE_OF_EDU_FROM_MARCH if lead.owner == "edu" and Month.of(start) >= MARCH else PACE[lead.owner]
    hours = ASKED_HOURS if lead.profile.asked_for_us else OTHER_HOURS
    return after(start, hours * (0.03 + chance.share() * chance.share() * pace))


def _next_batch(moment: datetime) -> datetime:
    moment = when_open(moment)
    for hour in BATCHES:
        if moment <= at(moment.date(), hour):
            return at(moment.date(), hour)
    return at(next_working_day(moment.date()), BATCHES[0])


def _be_late(chance: Chance, leads: list[Lead]) -> None:
    usual = [lead for lead in leads if lead.fate is not Fate.SENT_BACK and not lead.is_wrongly_qualified]
    asked = [lead for lead in usual if lead.profile.asked_for_us]
    other = [lead for lead in usual if not lead.profile.asked_for_us]
    late_asked = {month: story.late_asked for month, story in MONTHS.items()}
    late_other = {month: story.late_other for month, story in MONTHS.items()}
    for lead in _late(chance, asked, answer_due, late_asked, _late_weight_of_asked):
        lead.contacted = max(after(answer_due(lead), 0.2 + chance.share() * 2), _back_from_carnival(chance, lead))
    called_late = _late(chance, other, answer_due, late_other, lambda lead: LATE[lead.owner])
    for lead in called_late:
        lead.contacted = after(answer_due(lead), 0.2 + chance.share() * chance.share() * 8)
    for month, story in MONTHS.items():
        of_month = [lead for lead in called_late if Month.of(answer_due(lead)) == month]
        for lead in of_month[: story.logged_a_day_late]:
            lead.contacted = at(next_working_day(handoff_of(lead).date()), 17, chance.whole(0, 50), chance.whole(0, 59))


def _late_weight_of_asked(lead: Lead) -> float:
    """The director calls those first who asked for it."""
    if answer_due(lead).date() == ASH_WEDNESDAY_NOON.date():
        return 1000.0 if answer_due(lead) < ASH_WEDNESDAY_NOON else 0.0
    return 1.0 if lead.owner == "tomas" else LATE[lead.owner]


def _back_from_carnival(chance: Chance, lead: Lead) -> datetime:
    """On Ash Wednesday nobody calls before noon."""
    if answer_due(lead).date() != ASH_WEDNESDAY_NOON.date():
        return handoff_of(lead)
    return ASH_WEDNESDAY_NOON + timedelta(minutes=chance.whole(10, 120))


# ---------------------------------------------------------------------- decisions


def _decision(chance: Chance, lead: Lead) -> datetime:
    """A yes or no in time, after the first contact."""
    contacted = lead.contacted or handoff_of(lead)
    decided = after(contacted, 0.3 if is_fresh(lead) else 0.1 + chance.share() * chance.share() * 9)
    return decided if decided <= decision_due(lead) else contacted + timedelta(minutes=chance.whole(2, 9))


def _decide_late(chance: Chance, leads: list[Lead]) -> None:
    """Late, or never: then the silence counts as a yes."""
    accepted = [lead for lead in leads if lead.fate is not Fate.SENT_BACK]
    counts = {month: story.late_decisions for month, story in MONTHS.items()}
    for lead in _late(chance, accepted, decision_due, counts, _late_weight_of_decision):
        lead.decided = after(decision_due(lead), 1 + chance.share() * 10)
        if lead.fate is Fate.WORKING:
            lead.decided = None
            if lead.contacted and lead.contacted > answer_due(lead) and chance.happens(0.5):
                lead.contacted = None


def _late_weight_of_decision(lead: Lead) -> float:
    """After the spring fair there is more to decide than anybody can; and who calls late decides late."""
    weight = 4.0 if lead.fate is Fate.WORKING else 1.0
    if lead.channel == "trade_fairs" and Month.of(handoff_of(lead)) == APRIL:
        weight *= 4
    return weight * (3 if lead.contacted and lead.contacted > answer_due(lead) else 1)


# ------------------------------------------------------------ what becomes of them


def _finish(chance: Chance, lead: Lead) -> None:
    """The first thing that became of it, and when that was written down."""
    start = handoff_of(lead)
    decided = lead.decided or decision_due(lead)
    if lead.fate is Fate.SENT_BACK:
        lead.returned, lead.outcome, lead.outcome_written = decided, "Not qualified", decided
        if lead.reason == BAD_DATA:
            lead.handed_off_again = after(decided, 19 if is_fresh(lead) else 2 + chance.share() * 12)
        if lead.reason == NOT_OUR_CUSTOMER:
            lead.lost = decided
    elif lead.fate is Fate.QUALIFIED:
        lead.became_sql = after(max(decided, lead.contacted or decided), 1 + chance.share() * 30)
        lead.outcome, lead.outcome_written = "Still working", after(lead.became_sql, chance.share())
        confirm(chance, lead)
    elif lead.fate is Fate.RETURNED:
        first, last = RETURNED_ON.get(lead.reason, RETURNED_SOONER)
        day = next_working_day(start.date(), chance.whole(first, last))
        moment = at(day, chance.whole(9, 17), chance.whole(0, 59), chance.whole(0, 59))
        lead.returned = max(moment, after(decided, 1))
        lead.outcome, lead.outcome_written = "Not qualified", lead.returned
        _find_out(chance, lead, lead.returned)
    else:
        day = next_working_day(start.date(), chance.whole(5, 14))
        lead.outcome = "Still working"
        lead.outcome_written = at(day, chance.whole(9, 17), chance.whole(0, 59), chance.whole(0, 59))
        if chance.happens(0.4):
            day = next_working_day(start.date(), chance.whole(20, 45))
            lead.lost = at(day, chance.whole(9, 17), chance.whole(0, 59))
        lead.budget = lead.authority = lead.need = "Not asked"


def confirm(chance: Chance, lead: Lead) -> None:
    """The answers of an SQL: the need, and at least two of the other three."""
    lead.need = "Confirmed"
    lead.budget = chance.weighted({"Confirmed": 40, "Likely": 60})
    lead.authority = chance.weighted({"Decides": 45, "Influences": 55})
    lead.timeline = str(chance.whole(1, 6))
    missing = chance.weighted({"budget": 15, "authority": 10, "timeline": 15, "": 60})
    if missing == "budget":
        lead.budget = "Not asked"
    elif missing == "authority":
        lead.authority = "Not asked"
    elif missing == "timeline":
        lead.timeline = str(chance.whole(7, 12))


def _find_out(chance: Chance, lead: Lead, returned: datetime) -> None:
    """What sales heard from a lead that it returns; marketing hands some of the nurtured ones off again."""
    lead.budget = "None" if lead.reason == "No budget" else "Not asked"
    lead.authority = "No part" if lead.reason == "Wrong person" else "Not asked"
    lead.need = {"No need": "None", "Too early": "Confirmed", "No budget": "Confirmed"}.get(lead.reason, "Not asked")
    if lead.reason == "Too early":
        lead.timeline = str(chance.whole(9, 24))
    if lead.reason == "No need":
        lead.lost = returned
    if lead.reason in NURTURED and chance.happens(0.25):
        lead.handed_off_again = returned + timedelta(days=chance.whole(20, NURTURED[lead.reason]))


def _repair_slowly(chance: Chance, leads: list[Lead]) -> None:
    for month, story in MONTHS.items():
        repaired = [
            lead for lead in leads if lead.reason == BAD_DATA and lead.returned and Month.of(lead.returned) == month
        ]
        for lead in chance.some(repaired, story.slow_repairs):
            if lead.returned:
                lead.handed_off_again = after(close_after(lead.returned, REPAIR_DAYS), 3 + chance.share() * 9)


def _write_late(chance: Chance, leads: list[Lead]) -> None:
    """Outcomes that are written late or never."""
    working = [lead for lead in leads if lead.fate is Fate.WORKING]
    counts = {month: story.late_outcomes for month, story in MONTHS.items()}
    for lead in _late(chance, working, outcome_due, counts, lambda lead: 3.0 if lead.decided is None else 1.0):
        lead.outcome_written = None if chance.happens(0.4) else after(outcome_due(lead), 2 + chance.share() * 40)


def _forget_reasons(chance: Chance, leads: list[Lead]) -> None:
    for month, story in MONTHS.items():
        returned = [
            lead
            for lead in leads
            if lead.fate is Fate.RETURNED
            and lead.returned
            and Month.of(lead.returned) == month
            and lead.returned <= CUT_OFF
        ]
        for lead in chance.some(returned, story.without_reason):
            lead.reason = chance.one_of(PLACEHOLDERS)
