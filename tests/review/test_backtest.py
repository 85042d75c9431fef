"""A known rule is found again, chance is not taken for one, what leaks is refused, and what is missing is shown."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta
from fractions import Fraction
from typing import Any

import pytest

from checker.backtested import Finding, Reason
from checker.errors import NothingToJudge
from checker.measures.backtest.table import Outcome, Table
from tests.review.closed_deals import AGREEMENT, EVENTS, LAST, Lead, days_old, made_leads, moment, of, put_to, table


def by_rule(lead: Mapping[str, Any]) -> float:
    """Food companies with at least 100 people buy; the country says nothing."""
    return 0.4 if lead["sector"] == "food" and lead["employees"] >= 100 else 0.04


def at_random(lead: Mapping[str, Any]) -> float:
    return 0.15


def old_enough(leads: list[Lead]) -> list[Lead]:
    """The leads that are so old that hardly anybody takes longer, by plain sorting."""
    days = [
        (lead["at_became_customer"] - lead["at_became_lead"]) // 86400 for lead in leads if "at_became_customer" in lead
    ]
    last = moment(LAST - timedelta(days=days_old(days)))
    return [lead for lead in leads if lead["at_became_lead"] <= last]


def outcome(leads: list[Lead]) -> Outcome:
    return Outcome(len(leads), sum("at_became_customer" in lead for lead in leads))


@pytest.fixture(scope="module")
def leads() -> list[Lead]:
    return made_leads(2500, 1, by_rule)


@pytest.fixture(scope="module")
def found(leads):
    return put_to(AGREEMENT, leads)


def test_the_table_is_that_of_a_plain_count(found, leads):
    """Lead by lead: who fits, who does not, and who of them bought."""
    old = old_enough(leads)
    fits = list(filter(fits_mql, old))
    others = [lead for lead in old if lead not in fits]
    told = table(of(found, "mql"))

    assert (len(old), len(leads) - len(old)) == (found.closed.leads, found.closed.young)
    assert (outcome(fits), outcome(others), Outcome()) == (told.fits, told.fits_not, told.cannot_tell)
    assert told.tells is True
    assert (Fraction(told.fits.won, told.fits.leads) / Fraction(told.all.won, told.all.leads)) == told.lift


def test_channels_add_up_to_all(found):
    """No lead is lost, none counted twice."""
    tested = of(found, "mql")
    total = [sum((group.table.fits for group in tested.channels), Outcome())]
    total += [sum((group.table.fits_not for group in tested.channels), Outcome())]

    assert ["search", "fairs"] == [group.name for group in tested.channels]
    assert [table(tested).fits, table(tested).fits_not] == total


def test_a_known_rule_is_recovered(found):
    """The sector and the size help; the country, which says nothing, does not; 100 people is the bound to try."""
    tested = of(found, "mql")
    helps = {each.part.path[-1]: each.helps for each in tested.contributions}
    (bound,) = tested.thresholds

    assert {"employees": True, "sector": True, "country": None} == helps
    assert (Finding.WORTH_TRYING, Fraction(100), False) == (bound.finding, bound.best, bound.is_looser)
    assert 10 * bound.moved.won < bound.moved.leads
    assert 10 * bound.others.won > bound.others.leads


def test_bounds_are_judged_on_other_leads_than_they_were_found_on(found, leads):
    """Those found on came before the day, those judged on since; each side has about half of the customers."""
    old = old_enough(leads)
    day = moment(found.closed.later_from) - 12 * 3600
    fit = [lead for lead in old if lead["sector"] == "food" and lead["country"] == "Brazil"]
    earlier = [lead for lead in fit if lead["at_became_lead"] < day]
    later = [lead for lead in fit if lead["at_became_lead"] >= day]
    (bound,) = of(found, "mql").thresholds

    assert outcome(earlier) == bound.earlier
    assert outcome([lead for lead in later if 50 <= lead["employees"] < 100]) == bound.moved
    assert outcome([lead for lead in later if lead["employees"] >= 100]) == bound.others
    customers = [lead for lead in old if "at_became_customer" in lead]
    assert abs(len(customers) - 2 * sum(lead["at_became_lead"] < day for lead in customers)) <= 10


def test_a_condition_without_another_one_is_counted_as_without_it(found, leads):
    """Leave one out: the criterion without the size, and the size alone."""
    old = old_enough(leads)
    size = of(found, "mql").contributions[0]
    without = [lead for lead in old if lead["sector"] == "food" and lead["country"] == "Brazil"]

    assert outcome(without) == size.without.fits
    assert outcome([lead for lead in old if lead["employees"] >= 50]) == size.alone.fits
    assert outcome([lead for lead in without if lead["employees"] < 50]) == size.kept_out


def test_chance_is_hardly_ever_taken_for_a_rule():
    """In 40 funnels in which everybody is as likely to buy: of 40 criteria at most 6 tell (2 are expected; more than 6
    has a chance of 0.3%), of conditions as many, of bounds hardly one is worth trying.
    """
    told = helped = tried = 0
    for seed in range(40):
        tested = of(put_to(AGREEMENT, made_leads(500, seed, at_random)), "mql")
        told += table(tested).tells is not None
        helped += any(each.helps is not None for each in tested.contributions)
        tried += any(each.finding is Finding.WORTH_TRYING for each in tested.thresholds)

    assert told <= 6
    assert helped <= 6
    assert tried <= 2


def test_early_ends_do_not_tilt_a_criterion_that_says_nothing():
    """Everybody is as likely to buy; those who fit alone are ever marked as lost, and soon. With all that are won or
    lost counted, those who fit would seem to buy less often; among those who are old enough, they do not (decision
    0052).
    """
    leads = made_leads(12000, 3, at_random)
    for lead in leads:
        if not fits_mql(lead):
            lead.pop("at_lost", None)
        elif "at_became_customer" not in lead:
            lead["at_lost"] = min(lead["at_became_lead"] + 5 * 86400, moment(LAST))
    told = table(of(put_to(AGREEMENT, leads), "mql"))
    old = {lead["lead_id"] for lead in old_enough(leads)}
    ended = [lead for lead in leads if lead["lead_id"] in old or "at_lost" in lead or "at_became_customer" in lead]
    sides = [outcome([lead for lead in ended if fits_mql(lead) is side]) for side in (True, False)]
    mixed = Table(*sides)

    assert told.tells is None
    assert mixed.tells is False


def fits_mql(lead: Mapping[str, Any]) -> bool:
    return bool(lead["employees"] >= 50 and lead["sector"] == "food" and lead["country"] == "Brazil")


# ---------------------------------------------------------------- what leaks

WITH_BUDGET = AGREEMENT.replace("      - country: Brazil", "      - budget: confirmed")


def test_a_field_that_is_filled_in_after_the_handoff_is_refused(leads):
    """By what the agreement says; nothing is counted for such a criterion."""
    text = WITH_BUDGET.replace("values: [confirmed, none]}", "values: [confirmed, none], filled_in: after handoff}")
    tested = of(put_to(text, leads), "mql")

    assert [("budget", Reason.AFTER_HANDOFF)] == [(leak.field, leak.reason) for leak in tested.leaks]
    assert tested.table is None
    assert () == tested.contributions + tested.thresholds


@pytest.mark.parametrize(
    ("kind", "event"),
    [(Reason.ONLY_HANDED_OVER, "at_handed_off"), (Reason.ONLY_WON, "at_became_customer")],
)
def test_a_field_that_only_some_ever_have_is_found_out_in_the_data(leads, kind, event):
    """Though the agreement says nothing: with how many have it, and how many others have not."""
    filled = [{**lead, "budget": "confirmed"} if event in lead else lead for lead in leads]
    (leak,) = of(put_to(WITH_BUDGET, filled), "mql").leaks
    have = sum(event in lead for lead in leads)

    assert ("budget", kind, have, have, len(leads) - have) == (
        leak.field, leak.reason, leak.part, leak.whole, leak.others
    )  # fmt: skip


def test_a_field_that_is_filled_in_when_a_deal_is_closed_is_found_out(leads):
    """Won or lost: among those who were handed over, too."""
    filled = [
        {**lead, "budget": "none"} if "at_lost" in lead or "at_became_customer" in lead else lead for lead in leads
    ]
    text = WITH_BUDGET.replace("handoff: {stage: mql, channel: The queue}\n", "")
    (leak,) = of(put_to(text, filled, "became_lead", "lost", "became_customer"), "mql").leaks

    assert Reason.ONLY_CLOSED is leak.reason


def test_a_field_that_a_few_others_have_too_does_not_leak(leads):
    """One lead that was not handed over and has it shows that it can be known before."""
    filled = [{**lead, "budget": "confirmed"} if "at_handed_off" in lead else {**lead} for lead in leads]
    next(lead for lead in filled if "at_handed_off" not in lead)["budget"] = "none"

    assert () == of(put_to(WITH_BUDGET, filled), "mql").leaks


def test_what_is_known_only_later_may_be_asked_of_a_later_stage(leads):
    """After the handoff it is no leak."""
    filled = [{**lead, "budget": "confirmed"} if "at_handed_off" in lead else lead for lead in leads]
    text = AGREEMENT.replace("  customer:", "  sql: {team: sales, budget: confirmed}\n  customer:")

    assert () == of(put_to(text, filled), "sql").leaks


def test_the_stage_that_a_lead_has_now_is_no_criterion(leads):
    """A rank by the stage puts every customer first."""
    text = AGREEMENT + "ranking:\n  - {when: {stage: mql or later}, rank: hot}\n  - {otherwise: yes, rank: cold}\n"
    found = put_to(text, leads)

    assert [(Reason.OUTCOME,), (Reason.OUTCOME,)] == [
        tuple(leak.reason for leak in of(found, rank).leaks) for rank in ("hot", "cold")
    ]


# ---------------------------------------------------------------- what is missing


def test_what_cannot_be_told_is_a_row_of_its_own(leads):
    """Half of all sizes are blank: a lead of another sector is told all the same, the others are not."""
    half = [{**lead, "employees": None} if number % 2 else lead for number, lead in enumerate(leads)]
    old = old_enough(half)
    untold = [
        lead for lead in old if lead["employees"] is None and lead["sector"] == "food" and lead["country"] == "Brazil"
    ]
    tested = of(put_to(AGREEMENT, half), "mql")

    assert outcome(untold) == table(tested).cannot_tell
    assert [(0, len(untold))] == [(each.place, each.leads) for each in tested.unknown]
    assert sum(lead["employees"] is None for lead in old) == tested.contributions[0].alone.cannot_tell.leads


def test_a_customer_that_cannot_be_told_is_not_caught(leads):
    """Recall is about all customers; it does not rise by leaving out what is blank."""
    blank = [{**lead, "employees": None} for lead in leads]
    told = table(of(put_to(AGREEMENT, blank), "mql"))

    assert (0, Fraction(0)) == (told.fits.leads, told.recall)
    assert told.tells is None


def test_a_rank_takes_what_no_line_above_took(leads):
    """As of the handoff, with those of whom an earlier line cannot be told apart."""
    text = AGREEMENT + (
        "ranking:\n  - {when: {employees: at least 100}, rank: large}\n"
        "  - {when: {sector: food}, rank: food}\n  - {otherwise: yes, rank: rest}\n"
    )
    some_blank = [{**lead, "employees": None} if number % 10 == 0 else lead for number, lead in enumerate(leads)]
    old = old_enough(some_blank)
    found = put_to(text, some_blank)
    small = [lead for lead in old if lead["employees"] is not None and lead["employees"] < 100]
    blank = [lead for lead in old if lead["employees"] is None]

    assert outcome([lead for lead in small if lead["sector"] == "food"]) == table(of(found, "food")).fits
    assert outcome([lead for lead in small if lead["sector"] != "food"]) == table(of(found, "rest")).fits
    assert outcome([lead for lead in blank if lead["sector"] == "food"]) == table(of(found, "food")).cannot_tell
    assert outcome([lead for lead in blank if lead["sector"] != "food"]) == table(of(found, "rest")).cannot_tell


# ---------------------------------------------------------------- nothing to test


@pytest.mark.parametrize(
    ("old", "new", "words"),
    [
        ("customer: {team: sales, is: won}", "customer: {team: sales}", "no stage of the agreement says"),
        (
            "    all:\n      - employees: at least 50\n      - sector: food\n      - country: Brazil\n",
            "",
            "has conditions",
        ),
    ],
)
def test_an_agreement_without_an_end_or_without_criteria_has_nothing_to_test(leads, old, new, words):
    """It says which of the two."""
    with pytest.raises(NothingToJudge) as raised:
        put_to(AGREEMENT.replace(old, new), leads)

    assert words in raised.value.message.text


def test_data_that_does_not_tell_customers_has_nothing_to_test(leads):
    """Neither where the event is missing, nor where nobody bought, nor where nobody is old enough."""
    open_leads = [{name: value for name, value in lead.items() if name != "at_became_customer"} for lead in leads]
    young = [
        {"lead_id": "A", "at_became_lead": moment(date(2026, 12, 1)), "at_became_customer": moment(date(2026, 12, 28))},
        {"lead_id": "B", "at_became_lead": moment(date(2026, 12, 2))},
    ]
    told = []
    for made, events in ((open_leads, EVENTS[:3]), (open_leads, EVENTS), (young, EVENTS)):
        with pytest.raises(NothingToJudge) as raised:
            put_to(AGREEMENT, made, *events)
        told.append(raised.value.message.text)

    assert [
        "the data does not say which leads became {stage}, so no criterion can be tested",
        "no lead of the data bought, so no criterion can be tested",
        "no lead that came more than {count} day before {day} bought, so no criterion can be tested yet",
    ] == told
