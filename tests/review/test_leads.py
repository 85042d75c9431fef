"""Lists that people work through, against going through the leads one by one, and against the counts of the check."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from checker.errors import NothingToJudge, WrongUsage
from checker.funnel import DuckdbEngine
from checker.funnel.conditions import Shape
from checker.language import words
from checker.measures.listed import LeadList, Listed, ListName
from checker.quantity import Duration
from checker.review.check import check
from checker.review.leads import Wanted, list_leads
from checker.text import parse
from checker.verdict import Results
from tests.funnel.made import MadeFunnel, agreement_of, instant
from tests.funnel.one_by_one import OneByOne, as_at
from tests.funnel.test_counting import EVENTS, TEXT, ZONE, funnels
from tests.logic.minute_walk import MinuteWalk

PROMISES = """
people:
  ana: {name: Ana Beltrão, team: sales}
  bruno: {name: Bruno Sá, team: sales}
sellers:
  ana: {stand_in: bruno}
  bruno: {}
marketing_promises:
  handoff-speed: {promise: At once, starts: became_mql, stops: handed_off, within: 15 minutes, target: 98%}
  missed: {promise: Hand all over, measure: missed_leads, target: 2%}
  wrong: {promise: Only who fits, measure: wrongly_qualified, target: 2%}
sales_promises:
  response:
    promise: Call each lead
    starts: handed_off
    stops: first_personal_contact
    within:
      - {name: large, when: {employees: 3}, time: 1 business hour, target: 95%}
      - {name: other, otherwise: yes, time: 4 business hours, target: 90%}
    not_owed_when: [wrongly_qualified]
  decide:
    promise: Say yes or no
    starts: handed_off
    stops: decided
    within: 2 business days
    target: 95%
    no_answer_means: accepted
  quality: {promise: Accept most, measure: acceptance_rate, target: 85%}
  reasons: {promise: Say why, measure: return_reason_rate, target: 100%}
not_counted:
  - {leads: [L02], promise: response, why: Called from a private phone, agreed_by: [ana, bruno]}
"""
TEXT_OF_ALL = TEXT + PROMISES
AS_OF = st.sampled_from([date(2027, 3, 31), date(2027, 4, 1), date(2027, 4, 5), date(2027, 4, 20)])
HOUR, FOUR, TWO_DAYS, QUARTER = map(
    Duration.parse, ("1 business hour", "4 business hours", "2 business days", "15 minutes")
)
COVERED = dict.fromkeys(EVENTS, (date(2027, 3, 1), date(2027, 6, 30)))


@pytest.fixture(scope="module")
def engine() -> Iterator[DuckdbEngine]:
    with DuckdbEngine() as engine:
        yield engine


@pytest.fixture(scope="module")
def walk() -> MinuteWalk:
    hours = {day: [(9 * 3600, 12 * 3600), (13 * 3600, 18 * 3600)] for day in range(5)}
    return MinuteWalk(ZONE, hours, [date(2027, 4, 2)], date(2027, 3, 2), date(2027, 5, 15))


def funnel_of(engine: DuckdbEngine, leads: list[dict[str, Any]]) -> MadeFunnel:
    somebody = {"lead_id": "L99", "at_became_mql": instant("2027-03-26 10:00"), "employees": 3, "day_became_mql": False}
    somebody |= {"at_handed_off": instant("2027-03-26 10:01"), "at_decided": instant("2027-03-26 10:02")}
    somebody |= {"at_first_personal_contact": instant("2027-03-26 10:02")}
    return MadeFunnel(engine, [*leads, somebody], EVENTS, {"employees": Shape.NUMBER}, COVERED, zone=ZONE)


def listed(engine: DuckdbEngine, leads: list[dict[str, Any]], name: str, as_of: date | None, **more: Any) -> LeadList:
    wanted = Wanted(as_of, **more)
    agreement = agreement_of(TEXT_OF_ALL)
    return list_leads(agreement, parse(TEXT_OF_ALL), funnel_of(engine, leads), ListName(name), wanted)


def results(engine: DuckdbEngine, leads: list[dict[str, Any]], as_of: date) -> Results:
    return check(agreement_of(TEXT_OF_ALL), parse(TEXT_OF_ALL), funnel_of(engine, leads), as_of).results


def names(leads: tuple[Listed, ...]) -> set[tuple[str, str | None]]:
    found = {(lead.lead, lead.promise) for lead in leads}

    assert len(leads) == len(found)
    return found


class Plain:
    """The lists one lead after the other."""

    def __init__(self, walk: MinuteWalk, leads: list[dict[str, Any]], as_of: date) -> None:
        self.cut_off = instant(f"{as_of + timedelta(days=1)} 00:00", ZONE) - 1
        self.plain = OneByOne(walk, ZONE, self.cut_off)
        self.leads = as_at(leads, self.cut_off, EVENTS)

    def running(self) -> Iterator[tuple[dict[str, Any], str, int, bool]]:
        """Lead, promise, deadline and whether it is late, of all clocks that run."""
        for lead in self.leads:
            large = lead["employees"] == 3
            clocks = [
                ("became_mql", "handed_off", QUARTER, "handoff-speed", None),
                (
                    "handed_off",
                    "first_personal_contact",
                    HOUR if large else FOUR,
                    "response.large" if large else "response.other",
                    "became_mql",
                ),
                ("handed_off", "decided", TWO_DAYS, "decide", None),
            ]
            for starts, stops, within, promise, before in clocks:
                if lead[f"at_{starts}"] is None or lead[f"at_{stops}"] is not None:
                    continue
                if promise.startswith("response") and (lead["employees"] == 1 or lead["lead_id"] == "L02"):
                    continue
                state = self.plain.state(lead, starts, stops, within, before)
                if state in ("late", "waiting"):
                    due = self.plain.deadline(lead[f"at_{starts}"], within, lead[f"day_{starts}"])
                    yield lead, promise, due, state == "late"

    def is_over(self, lead: dict[str, Any], since: int) -> bool:
        return any(
            lead[f"at_{event}"] is not None and lead[f"at_{event}"] >= since
            for event in ("returned", "became_customer")
        )


Key = tuple[str, str | None]


def due_of(lead: Listed) -> datetime:
    assert lead.deadline is not None
    return lead.deadline


STARTS = {"handoff-speed": "became_mql"}


@given(funnels(), AS_OF)
@settings(max_examples=20)
def test_running_clocks_are_listed(engine, walk, leads, as_of):
    """Overdue, due soon and all deadlines hold exactly the clocks that run; who was returned or won is set apart."""
    plain = Plain(walk, leads, as_of)
    late: set[Key] = set()
    over: set[Key] = set()
    soon: set[Key] = set()
    running: set[Key] = set()
    until = plain.plain.deadline(plain.cut_off, FOUR)
    for lead, promise, due, is_late in plain.running():
        key = lead["lead_id"], promise
        is_over = plain.is_over(lead, lead[f"at_{STARTS.get(promise, 'handed_off')}"])
        if is_late:
            (over if is_over else late).add(key)
        elif due <= until and not is_over:
            soon.add(key)
        if not is_over:
            running.add(key)
    overdue = listed(engine, leads, "overdue", as_of)

    assert (late, over) == (names(overdue.leads), names(overdue.over))
    assert soon == names(listed(engine, leads, "due-soon", as_of).leads)
    assert running == names(listed(engine, leads, "deadlines", as_of).leads)
    assert {key for key in late if key[1] == "decide"} == names(listed(engine, leads, "undecided", as_of).leads)
    assert sorted(map(due_of, overdue.leads)) == [due_of(lead) for lead in overdue.leads]


@given(funnels(), AS_OF)
@settings(max_examples=20)
def test_shares_are_listed(engine, walk, leads, as_of):
    """Missed, wrongly qualified and returned without a reason hold exactly the leads that are so."""
    plain = Plain(walk, leads, as_of)
    missed, wrong, unsure, unnamed = set(), set(), set(), set()
    for lead in plain.leads:
        name = lead["lead_id"]
        began = lead["at_became_mql"]
        if began is not None and lead["at_handed_off"] is None and not plain.is_over(lead, began):
            state = plain.plain.state(lead, "became_mql", "handed_off", QUARTER)
            if state != "waiting":
                missed.add((name, "missed"))
        if lead["at_handed_off"] is not None and lead["employees"] is None:
            unsure.add((name, "wrong"))
        elif lead["at_handed_off"] is not None and lead["employees"] == 1:
            wrong.add((name, "wrong"))
        if lead["at_returned"] is not None and lead["return_reason"] not in ("bad_data", "no_need"):
            unnamed.add((name, "reasons"))
    qualified = listed(engine, leads, "wrongly-qualified", as_of).leads

    assert missed == names(listed(engine, leads, "missed", as_of).leads)
    assert unnamed == names(listed(engine, leads, "returned-without-reason", as_of).leads)
    assert wrong == names(tuple(lead for lead in qualified if not lead.unsure))
    assert unsure == names(tuple(lead for lead in qualified if lead.unsure))
    assert [lead.unsure for lead in qualified] == sorted(lead.unsure for lead in qualified)


@given(funnels(), AS_OF)
@settings(max_examples=12)
def test_lists_are_as_long_as_the_check_counts(engine, leads, as_of):
    """Over all months, the check counts as many leads that did not go as promised as the lists hold."""
    kept: dict[str, float] = {}
    not_kept: dict[str, float] = {}
    for result in results(engine, leads, as_of).results:
        kept[result.promise] = kept.get(result.promise, 0) + result.numerator
        others = result.denominator - result.numerator
        not_kept[result.promise] = not_kept.get(result.promise, 0) + others
    missed = listed(engine, leads, "missed", as_of)
    waiting = sum(int(str(note.arguments["count"])) for note in missed.notes if "count" in note.arguments)
    wrong = [lead for lead in listed(engine, leads, "wrongly-qualified", as_of).leads if not lead.unsure]
    overdue = listed(engine, leads, "overdue", as_of)
    silent: dict[str | None, int] = {}
    for lead in (*overdue.leads, *overdue.over):
        silent[lead.promise] = silent.get(lead.promise, 0) + 1

    assert kept["missed"] == len(missed.leads) + len(missed.over) + waiting
    assert kept["wrong"] == len(wrong)
    assert not_kept["reasons"] == len(listed(engine, leads, "returned-without-reason", as_of).leads)
    assert all(number <= not_kept[str(promise)] for promise, number in silent.items())


def lead(name: str, **values: Any) -> dict[str, Any]:
    """A lead; texts under the names of events are moments."""
    found: dict[str, Any] = {"lead_id": name, "employees": 2, "owner": "ana", "channel": "ads"}
    for key, value in values.items():
        if key in EVENTS:
            found[f"at_{key}"] = instant(value)
        else:
            found[key] = value
    return found


THREE = [
    lead("A", handed_off="2027-03-30 10:00"),
    lead("B", handed_off="2027-03-31 17:30", owner="bruno"),
    lead("C", handed_off="2027-03-31 08:00", owner=None, employees=3),
]


def test_how_late_in_working_time_and_what_to_do(engine):
    """From 30 March 15:00 to the end of the 31st are 3 hours of the one day and 8 of the other."""
    (late,) = listed(engine, THREE, "overdue", date(2027, 3, 31), promise="response.other").leads

    assert ("A", "response.other", "ana", "sales") == (late.lead, late.promise, late.owner, late.owed_by)
    assert "2027-03-30T15:00:00-03:00" == due_of(late).isoformat()
    assert (11 * 3600, True) == (late.seconds, late.is_business)
    assert "Contact the lead in person" == late.do.text


def test_a_ladder_is_listed_rung_by_rung(engine):
    """A large lead is due after an hour, and listed under its rung; the whole promise holds both."""
    both = listed(engine, THREE, "overdue", date(2027, 3, 31), promise="response").leads

    assert [("A", "response.other"), ("C", "response.large")] == [(each.lead, each.promise) for each in both]


@pytest.mark.parametrize(("within", "soon"), [("3 business hours", []), ("4 business hours", ["B"])])
def test_due_soon_looks_as_far_ahead_as_is_asked(engine, within, soon):
    """B began at 17:30 and has half an hour behind it: on 1 April half past twelve is 3.5 working hours away."""
    found = listed(
        engine, THREE, "due-soon", date(2027, 3, 31), within=Duration.parse(within), promise="response"
    ).leads

    assert soon == [each.lead for each in found]


@pytest.mark.parametrize(
    ("owner", "leads"), [("ana", ["A"]), ("Ana Beltrão", ["A"]), ("BRUNO", []), ("nobody", ["C"]), (None, ["A", "C"])]
)
def test_owners_are_found_by_id_and_by_name(engine, owner, leads):
    """Capitals do not matter; leads of nobody have a word of their own."""
    found = listed(engine, THREE, "overdue", date(2027, 3, 31), promise="response", owner=owner).leads

    assert leads == [each.lead for each in found]


@pytest.mark.parametrize(
    ("more", "text"),
    [
        ({"owner": "anna"}, "no lead belongs to anna; did you mean ana?"),
        ({"promise": "respons"}, "there is no promise respons; did you mean response?"),
    ],
)
def test_unknown_names_are_refused_with_the_nearest(engine, more, text):
    """An owner and a promise that are not there are wrong usage, not an empty list."""
    with pytest.raises(WrongUsage) as refused:
        listed(engine, THREE, "overdue", date(2027, 3, 31), **more)

    assert text == words("en").say(refused.value.message)


@pytest.mark.parametrize(
    ("now", "hidden"),
    [
        ("2027-03-31 18:00", set()),
        # after closing, data grows no older for deadlines in working time
        ("2027-04-01 08:59", {"handoff-speed"}),
        ("2027-04-01 09:31", {"handoff-speed", "response.large"}),
        ("2027-04-01 11:01", {"handoff-speed", "response.large", "response.other"}),
        ("2027-04-06 12:00", {"handoff-speed", "response.large", "response.other", "decide"}),
    ],
)
def test_old_data_lists_nothing_to_do(engine, now, hidden):
    """A promise is not listed once the data is older than half of its deadline; what is left is."""
    leads = [*THREE, lead("D", handed_off="2027-03-31 09:00", decided="2027-03-31 17:59:59")]
    found = listed(engine, leads, "overdue", None, now=datetime.fromtimestamp(instant(now), UTC))

    assert hidden == {each.promise for each in found.hidden}
    assert set() == hidden & {each.promise for each in found.leads}
    assert (len(hidden) == 4) == found.is_hidden


def test_without_now_the_clock_of_the_machine_tells_the_age(engine):
    """Data that ended long before today lists nothing; a day that is asked for lists how things stood then."""
    agreement, document = agreement_of(TEXT_OF_ALL), parse(TEXT_OF_ALL)

    def at(clock: int, wanted: Wanted) -> LeadList:
        funnel = funnel_of(engine, THREE)
        return list_leads(agreement, document, funnel, ListName.OVERDUE, wanted, clock=lambda: clock)

    assert at(instant("2028-01-01 10:00"), Wanted()).is_hidden
    assert not at(instant("2027-03-31 17:31"), Wanted()).hidden
    assert not at(instant("2028-01-01 10:00"), Wanted(as_of=date(2027, 3, 31))).hidden


def test_lists_that_only_look_back_are_never_hidden(engine):
    """What did not fit at its handoff does not fit either when the data is a year old."""
    leads = [lead("A", handed_off="2027-03-30 10:00", employees=1)]
    found = listed(engine, leads, "wrongly-qualified", None, now=datetime(2028, 1, 1, tzinfo=UTC))

    assert (["A"], ()) == ([each.lead for each in found.leads], found.hidden)


def test_a_wrongly_qualified_lead_says_which_condition_fails(engine):
    """The condition, and what the lead holds instead."""
    leads = [
        lead("A", handed_off="2027-03-30 10:00", employees=1),
        lead("B", handed_off="2027-03-30 11:00", employees=None),
    ]
    sure, unsure = listed(engine, leads, "wrongly-qualified", date(2027, 3, 31)).leads

    assert [(("stages", "mql", "employees"), {"employees": "1"})] == [
        (unmet.condition.path, dict(unmet.values)) for unmet in sure.unmet
    ]
    assert [(("stages", "mql", "employees"), {"employees": None})] == [
        (unmet.condition.path, dict(unmet.values)) for unmet in unsure.unmet
    ]


def test_all_leads_are_listed_and_a_limit_cuts_them(engine):
    """No list stops at twenty; a cut one knows how long it was."""
    many = [lead(f"N{number:03}", handed_off="2027-03-30 10:00") for number in range(60)]
    cut = listed(engine, many, "overdue", date(2027, 3, 31), promise="response", limit=7)

    assert 60 == len(listed(engine, many, "overdue", date(2027, 3, 31), promise="response").leads)
    assert (7, 60) == (len(cut.leads), cut.total)


def test_without_a_deadline_for_decisions_nobody_is_undecided(engine):
    """The agreement is asked for it by name."""
    text = TEXT + "sales_promises: {reasons: {promise: Say why, measure: return_reason_rate, target: 100%}}\n"
    with pytest.raises(NothingToJudge) as refused:
        list_leads(
            agreement_of(text), parse(text), funnel_of(engine, THREE), ListName.UNDECIDED, Wanted(date(2027, 3, 31))
        )

    assert "no promise has a deadline by which a lead must be accepted or returned" == refused.value.message.text


def test_measures_without_a_promise_are_listed_all_the_same(engine):
    """Where nobody promised anything about returns, those without a reason are a list, under no promise."""
    text = TEXT + "sales_promises: {quality: {promise: Accept, measure: acceptance_rate, target: 85%}}\n"
    leads = [lead("A", handed_off="2027-03-30 10:00", returned="2027-03-30 12:00")]
    found = list_leads(
        agreement_of(text),
        parse(text),
        funnel_of(engine, leads),
        ListName("returned-without-reason"),
        Wanted(date(2027, 3, 31)),
    )

    assert [("A", None)] == [(each.lead, each.promise) for each in found.leads]
