"""What real leads would have been under another text, against every lead of the sample funnel put to both texts."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from copy import deepcopy
from dataclasses import replace
from datetime import date
from fractions import Fraction
from pathlib import Path
from typing import Any, TypeVar

import pytest
from hypothesis import Phase, given, settings
from hypothesis import strategies as st

from checker.agreement import Agreement, build
from checker.change import Changes
from checker.funnel import Funnel, open_funnel
from checker.impact import Impact, ListKind, ReadBy
from checker.quantity import Month, Period
from checker.review.diff import diff
from checker.review.impact import with_impact
from checker.review.next_version import next_version
from checker.samples.funnel import write
from checker.samples.story import CUT_OFF
from checker.text import read
from checker.verdict import Status
from tests.reference import edited_reference
from tests.review.plain_criteria import PlainCriteria
from tests.review.plain_leads import Values, came, local_day, plain_leads

QUARTER = Period.parse("2027-Q1")
T = TypeVar("T")
PROMISES = ("marketing_promises", "sales_promises", "both_promise", "escalation", "not_counted", "log")
"""Left out where only leads are looked at, which is faster."""
NO_CHANGES = Changes((), next_version((), None))


class Brute:
    """Every lead of the sample as a plain reader sees it, and what the agreement says."""

    def __init__(self, values: Values, leads: list[dict[str, Any]]) -> None:
        self.values = values
        self.leads = leads

    def sides(self, stage: str, new: Values, period: Period) -> dict[str, set[str]]:
        """The ids of leads that came in a period by what the two texts say of a stage."""
        found: dict[str, set[str]] = {name: set() for name in ("before", "after", "gained", "lost", "cannot tell")}
        texts = PlainCriteria(self.values), PlainCriteria(new)
        for lead in self.leads:
            arrived = came(lead)
            begins = self.values["channels"].get(lead["channel"], {}).get("starts_at", "visit")
            order = list(self.values["stages"])
            if (
                arrived is None
                or Month.of(local_day(arrived)) not in period
                or order.index(begins) > order.index(stage)
            ):
                continue
            moment = lead["at_handed_off" if stage == "mql" else f"at_became_{stage}"]
            on = local_day(moment) if moment is not None else CUT_OFF.date()
            old, now = (text.fits(stage, lead, on) for text in texts)
            if old is None or now is None:
                found["cannot tell"].add(lead["lead_id"])
                continue
            names = [("before", old), ("after", now), ("gained", now and not old), ("lost", old and not now)]
            for name, holds in names:
                if holds:
                    found[name].add(lead["lead_id"])
        return found

    def customers(self, leads: set[str]) -> int:
        """How many of some leads bought."""
        return sum(lead["at_became_customer"] is not None for lead in self.leads if lead["lead_id"] in leads)


@pytest.fixture(scope="module")
def folder(tmp_path_factory) -> Path:
    """An agreement's folder, beside it the sample's data."""
    top = tmp_path_factory.mktemp("impact")
    write(top / "data")
    return edited_reference(top)


@pytest.fixture(scope="module")
def funnel(folder) -> Iterator[Funnel]:
    with open_funnel(build(read(folder).values), folder) as funnel:
        yield funnel


@pytest.fixture(scope="module")
def brute(folder) -> Brute:
    return Brute(*plain_leads(folder, PROMISES))


def impact_of(old: Agreement, new: Agreement, funnel: Funnel, **options: Any) -> Impact:
    return there(with_impact(old, new, NO_CHANGES, funnel, ReadBy.BOTH, **options).impact)


def there(value: T | None) -> T:
    """A value that must be there."""
    assert value is not None
    return value


def edited(values: Values, **conditions: Any) -> Values:
    """The agreement with other conditions for an MQL, or another ideal customer."""
    new = deepcopy(values)
    if "mql" in conditions:
        new["stages"]["mql"] = {**{key: new["stages"]["mql"][key] for key in ("name", "team")}, **conditions["mql"]}
    if "customer" in conditions:
        new["groups"]["ideal_customer"] |= conditions["customer"]
    return new


def told(impact: Impact, stage: str) -> dict[str, Any]:
    """What the impact says of a stage, as plain sets; a stage that is not told moves nobody."""
    found = next(each for each in impact.stages if each.stage == stage)
    return {
        "before": found.before.count,
        "after": found.after.count,
        "gained": set(found.gained.leads),
        "lost": set(found.lost.leads),
        "cannot tell": found.cannot_tell,
        "customers": (found.gained.customers, found.lost.customers, found.before.customers),
    }


def expected_of(brute: Brute, new: Values, period: Period = QUARTER) -> dict[str, Any]:
    sides = brute.sides("mql", new, period)
    customers = tuple(brute.customers(sides[name]) for name in ("gained", "lost", "before"))
    counts = {name: len(sides[name]) for name in ("before", "after", "cannot tell")}
    return {**counts, "gained": sides["gained"], "lost": sides["lost"], "customers": customers}


POINTS_20 = {"all": [{"meets": "ideal_customer"}, {"points": "at least 20"}, {"mode": "buying"}]}
EDITS: Mapping[str, Mapping[str, Any]] = {
    "points 30 to 20": {"mql": POINTS_20},
    "points 30 to 40": {"mql": {"all": [{"meets": "ideal_customer"}, {"points": "at least 40"}, {"mode": "buying"}]}},
    "a larger company": {"customer": {"all": [{"employees": "200 to 2000"}, {"country": "Brazil"}]}},
    "another way in": {
        "mql": {
            "any": [
                {"all": [{"meets": "ideal_customer"}, {"points": "at least 30"}]},
                {"last_action": ["ask_for_demo", "ask_for_price"]},
            ]
        }
    },
    "a field that is often blank": {"mql": {"all": [{"cold_rooms": "at least 10"}, {"points": "at least 15"}]}},
    "seen lately": {"mql": {"all": [{"meets": "ideal_customer"}, {"last_visit": "at most 20 days"}]}},
}


@pytest.mark.parametrize("name", EDITS)
def test_gained_and_lost_leads_are_those_of_every_lead_put_to_both_texts(name, brute, funnel):
    """The ids, one by one; how many bought; and how many cannot be told."""
    new = edited(brute.values, **EDITS[name])
    impact = impact_of(build(brute.values), build(new), funnel)

    assert QUARTER == impact.period
    assert expected_of(brute, new) == told(impact, "mql")


TESTS = st.one_of(
    st.integers(0, 60).map(lambda points: {"points": f"at least {points}"}),
    st.integers(0, 60).map(lambda points: {"points": f"less than {points}"}),
    st.sampled_from([{"mode": "buying"}, {"mode": "information"}, {"meets": "ideal_customer"}]),
    st.integers(1, 900).map(lambda least: {"employees": f"{least} to {least + 600}"}),
    st.integers(0, 20).map(lambda rooms: {"cold_rooms": f"at most {rooms}"}),
    st.integers(0, 120).map(lambda days: {"last_visit": f"at least {days} days"}),
    st.sampled_from([{"contact_consent": True}, {"state": ["SP", "PR"]}, {"country": "Brazil"}, {"email": "known"}]),
    st.sampled_from([{"company_type": ["end user", "supplier"]}, {"industry": ["pharma logistics", "cold storage"]}]),
)
CRITERIA = st.recursive(
    TESTS,
    lambda parts: st.one_of(
        st.lists(parts, min_size=1, max_size=3).map(lambda some: {"all": some}),
        st.lists(parts, min_size=1, max_size=3).map(lambda some: {"any": some}),
        st.lists(parts, min_size=1, max_size=2).map(lambda some: {"none_of": some}),
        st.lists(parts, min_size=2, max_size=3).map(lambda some: {"at_least": 2, "of": some}),
    ),
    max_leaves=5,
)


@settings(max_examples=6, deadline=None, phases=[Phase.generate])
@given(st.lists(CRITERIA, min_size=1, max_size=3), st.sampled_from(["2027-Q1", "2027-05", "2026-11 to 2027-06"]))
def test_any_criteria_move_the_leads_that_they_should(brute, funnel, conditions, months):
    """Random criteria instead of those of the agreement, in a quarter, a month, and all of the data."""
    new, period = edited(brute.values, mql={"all": conditions}), Period.parse(months)
    expected = expected_of(brute, new, period)
    impact = impact_of(build(brute.values), build(new), funnel, period=period)
    moved = expected["gained"] or expected["lost"] or any(stage.stage == "mql" for stage in impact.stages)

    assert not moved or expected == told(impact, "mql")


def test_channels_and_personas_add_up(brute, funnel):
    """Both ways to part the leads give the same sums."""
    impact = impact_of(build(brute.values), build(edited(brute.values, mql=POINTS_20)), funnel)
    (stage,) = impact.stages
    sums = {
        by: [sum(getattr(group, name) for group in stage.groups if group.by == by) for name in ("before", "gained")]
        for by in ("channel", "persona")
    }

    expected = [stage.before.count, stage.gained.count]

    assert {"channel": expected, "persona": expected} == sums


def test_a_rate_is_measured_under_both_texts(brute, funnel):
    """Of the leads that became one in the quarter those that fit; from MQL to SQL nobody knows it."""
    impact = impact_of(build(brute.values), build(edited(brute.values, mql=POINTS_20)), funnel)
    sides = brute.sides("mql", edited(brute.values, mql=POINTS_20), QUARTER)
    total = next(rate for rate in impact.rates if rate.rate == "lead_to_mql" and rate.channel is None)
    unknown = next(rate for rate in impact.rates if rate.rate == "mql_to_sql")

    each = [rate for rate in impact.rates if rate.rate == "lead_to_mql" and rate.channel is not None]
    whole = sum(there(rate.after)[1] for rate in each)

    assert ((len(sides["before"]), whole), (len(sides["after"]), whole)) == (total.before, total.after)
    assert (None, None) == (unknown.before, unknown.after)


def test_sellers_get_what_comes_in_on_top_of_the_plan(brute, funnel):
    """54 in three months are 18 a month; in June, the only month to come, the plan has 100 and the team takes 110."""
    impact = impact_of(build(brute.values), build(edited(brute.values, mql=POINTS_20)), funnel)
    (stage,) = impact.stages

    assert Fraction(stage.gained.count, 3) == impact.more_a_month == 18
    (load,) = impact.load

    assert Month(2027, 6) == load.month
    assert list(map(Fraction, (100, 118, 110))) == [load.before, load.after, load.most]


def test_a_month_that_goes_on_does_not_thin_out_what_comes_in_a_month(brute, funnel):
    """Of April to June only April and May are whole, and what came in these makes a month."""
    new = edited(brute.values, mql=POINTS_20)
    quarter, whole = Period.parse("2027-Q2"), Period.parse("2027-04 to 2027-05")
    found = [impact_of(build(brute.values), build(new), funnel, period=period) for period in (quarter, whole)]

    assert Fraction(len(brute.sides("mql", new, whole)["gained"]), 2) == found[0].more_a_month == found[1].more_a_month


def _changed(folder: Path, file: str, old: str, new: str, tmp_path: Path) -> tuple[Any, Any]:
    return read(folder), read(edited_reference(tmp_path, (file, old, new)))


def _impact(documents: tuple[Any, Any], funnel: Funnel, **options: Any) -> Changes:
    changes = diff(*documents)
    old, new = (build(document.values) for document in documents)
    return with_impact(old, new, changes, funnel, ReadBy.BOTH, **options)


def test_a_shorter_deadline_is_judged_on_the_past_quarter(folder, funnel, tmp_path):
    """Month by month under both texts, and the leads that it would have missed: as many as the counts differ."""
    documents = _changed(folder, "promises.yaml", "time: 4 business hours", "time: 2 business hours", tmp_path)
    changes = _impact(documents, funnel)
    (promise,) = there(changes.impact).promises
    months = [(there(old), there(new)) for old, new in promise.months.values()]
    fewer = sum(old.part - new.part for old, new in months)

    assert ("first-response", "other", list(QUARTER)) == (promise.promise, promise.rung, list(promise.months))
    assert fewer == len(promise.worse) > 0
    assert [old.whole for old, _ in months] == [new.whole for _, new in months]
    assert {"lead_id": promise.worse[0]} == there(changes.changes[0].only_new).values


def test_a_raised_target_is_judged_as_if_it_had_stood(folder, funnel, tmp_path):
    """45 instead of 30 from search are 95 MQLs instead of 80; the budgets then pay 16% less for each."""
    documents = _changed(folder, "targets.yaml", "2027-01 to 2027-03: 30", "2027-01 to 2027-03: 45", tmp_path)
    impact = there(_impact(documents, funnel).impact)
    (promise,) = impact.promises
    (cost,) = impact.costs

    assert [(Status.MET, Status.MISSED), (Status.MISSED, Status.MISSED), (Status.MET, Status.MISSED)] == [
        (there(old).status, there(new).status) for old, new in promise.months.values()
    ]
    assert {(Fraction(80), Fraction(95))} == {(load.before, load.after) for load in impact.load}
    assert [Fraction(187, 2), Fraction(99), Fraction(209, 2)] == [load.most for load in impact.load]
    assert [Fraction(725), Fraction(58000, 95), Fraction(-15, 95)] == [
        cost.before.amount,
        cost.after.amount,
        cost.change,
    ]


def test_another_routing_names_who_changes_hands(folder, funnel, brute, tmp_path):
    """Leads of Minas Gerais would have gone to edu instead of taking turns with those of the south-east."""
    documents = _changed(folder, "handoff.yaml", "state: [SP, RJ, MG, ES]", "state: [SP, RJ, ES]", tmp_path)
    changes = _impact(documents, funnel)
    (listed,) = there(changes.impact).lists
    (move,) = listed.moved
    expected = {
        lead["lead_id"]
        for lead in brute.leads
        if lead["at_handed_off"] is not None
        and Month.of(local_day(came(lead) or 0)) in QUARTER
        and lead["state"] == "MG"
        and lead["account_seller"] is None
    }

    assert (ListKind.ROUTING, ("Caio Lins", "Dora Maia"), ("Edu Freitas",)) == (listed.kind, move.old, move.new)
    assert expected == set(move.leads.leads)
    assert {"lead_id": move.leads.leads[0]} == there(changes.changes[0].only_new).values


def test_another_ranking_names_whose_rank_changes(folder, funnel, brute, tmp_path):
    """Who was here between 30 and 90 days ago is cold instead of nurtured."""
    documents = _changed(folder, "stages.yaml", "last_visit: at most 90 days", "last_visit: at most 30 days", tmp_path)
    impact = there(_impact(documents, funnel).impact)
    (listed,) = impact.lists
    (move,) = listed.moved

    assert (("nurture",), ("cold",)) == (move.old, move.new)
    assert 0 < move.leads.count == len(set(move.leads.leads)) < listed.among


def test_an_invented_lead_is_said_to_be_so(folder, funnel, tmp_path):
    """No company of the sample has 2,000 employees or more, so nobody real shows that 2,100 are allowed now."""
    documents = _changed(folder, "stages.yaml", "employees: 50 to 2000", "employees: 50 to 2001", tmp_path)
    changes = _impact(documents, funnel)
    (stage,) = there(changes.impact).stages
    shown = [change.only_new for change in changes.changes if change.only_new is not None]

    assert (0, 0) == (stage.gained.count, stage.lost.count)
    assert stage.invented_gained is not None
    assert stage.invented_lost is None
    assert {"{lead} (invented: no real lead was found)"} == {lead.message.text for lead in shown}


def test_one_text_twice_moves_nobody(brute, funnel):
    """No stage, no rank, no promise, no rate, no load."""
    impact = impact_of(build(brute.values), build(deepcopy(brute.values)), funnel)

    assert ((), (), (), (), (), ()) == (
        impact.stages, impact.lists, impact.promises, impact.rates, impact.load, impact.costs
    )  # fmt: skip


def test_swapped_texts_swap_gained_and_lost(brute, funnel):
    """What comes in one way falls out the other."""
    old, new = build(brute.values), build(edited(brute.values, **EDITS["another way in"]))
    there, back = (impact_of(*pair, funnel).stages[0] for pair in ((old, new), (new, old)))

    assert (there.gained.leads, there.lost.leads) == (back.lost.leads, back.gained.leads)


@pytest.mark.parametrize(
    ("as_of", "expected"),
    [
        (date(2027, 3, 31), "2027-01 to 2027-03"),
        (date(2027, 3, 30), "2026-11 to 2027-02"),
        (date(2027, 6, 16), "2027-01 to 2027-03"),
    ],
)
def test_the_last_whole_quarter_is_looked_at(brute, funnel, as_of, expected):
    """Until a quarter is over, and where the data begins inside one, the last whole months stand for it."""
    impact = impact_of(build(brute.values), build(edited(brute.values, mql=POINTS_20)), funnel, as_of=as_of)
    last = Period.parse(expected)
    months = last if len(last) <= 3 else Period(last.last + -2, last.last)

    assert months == impact.period
    assert bool(impact.notes) is (months.last.number % 3 != 0)


def test_new_points_cannot_be_seen_in_a_score_of_the_old(brute, funnel):
    """The mailing tool counted by the old rules: the impact says so."""
    new = deepcopy(brute.values)
    new["actions"]["watch_webinar"]["points"] = 25
    impact = impact_of(build(brute.values), build(new), funnel)
    (stage,) = impact.stages

    assert (True, 0, 0) == (stage.has_old_points, stage.gained.count, stage.lost.count)


def test_a_source_is_read_once_for_both(folder, tmp_path):
    """A funnel that was read by the new text judges the old one, even where that says nothing of any data."""
    values = deepcopy(read(folder).values)
    old = {key: value for key, value in values.items() if key != "source"}
    with open_funnel(build(values), folder) as funnel:
        impact = impact_of(build(old), build(edited(values, mql=POINTS_20)), funnel)
        same = impact_of(build(values), build(edited(values, mql=POINTS_20)), funnel)

    assert replace(same, read_by=impact.read_by) == impact


_PHONE = "    phone: {used_for: first call}\n"
_NICE = "nice_to_have: [last_visit]"


@pytest.mark.parametrize(("old", "new", "kind", "side", "has_it"), [
    (None, (_PHONE, ""), "payload-field-released", "only_new", False),
    ((_PHONE, ""), None, "payload-field-required", "only_old", False),
    ((_PHONE, ""), (_NICE, "nice_to_have: [last_visit, phone]"), "payload-field-offered", "only_new", True),
])  # fmt: skip
def test_a_field_of_the_payload_is_shown_by_the_first_real_lead_that_came_with_or_without_it(
    funnel: Funnel,
    brute: Brute,
    tmp_path: Path,
    old: tuple[str, str] | None,
    new: tuple[str, str] | None,
    kind: str,
    side: str,
    has_it: bool,
) -> None:
    before = [("handoff.yaml", *old)] if old else []
    now = before if kind == "payload-field-offered" else []
    texts = (
        read(edited_reference(tmp_path / "old", *before)),
        read(edited_reference(tmp_path / "new", *now, *([("handoff.yaml", *new)] if new else []))),
    )
    first, second = (build(text.values) for text in texts)
    changes = with_impact(first, second, diff(*texts), funnel, ReadBy.BOTH, period=QUARTER).changes
    shown = getattr(next(change for change in changes if change.what == "phone"), side)
    those = sorted(
        (arrived, lead["lead_id"])
        for lead in brute.leads
        if (arrived := came(lead)) is not None
        and Month.of(local_day(arrived)) in QUARTER
        and lead["at_handed_off"] is not None
        and (lead["phone"] is not None) is has_it
    )

    assert [kind] == [change.kind for change in changes]
    assert those[0][1] == shown.values["lead_id"]
