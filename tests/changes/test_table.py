"""What changes for whom, judged by hand: old, new, the kinds, and what they are for marketing and for sales."""

from __future__ import annotations

from functools import reduce
from operator import or_
from pathlib import Path

import pytest

from checker.change import Change, Direction, Sides
from checker.changes.catalogue import kind_of
from checker.review.diff import changes_between, diff
from tests.rules.examples import document

SAME, STRICTER, LOOSER, HEAVIER, LIGHTER, SHIFTED = (
    Direction.SAME,
    Direction.STRICTER,
    Direction.LOOSER,
    Direction.HEAVIER,
    Direction.LIGHTER,
    Direction.SHIFTED,
)
Row = tuple[str, str, set[str], Direction, Direction]

FIELDS = (
    "fields: {employees: {is: whole number}, country: {is: text}, visits: {is: whole number}, "
    "need: {is: one of, values: [confirmed, likely]}, state: {is: text}}\n"
)
PEOPLE = "people: {ana: {name: Ana, team: sales}, camila: {name: Camila, team: marketing}}\n"
OFFICE = (
    "working_time: {office: {timezone: Europe/Warsaw, days: Monday to Friday, hours: %s}}\n"
    "sales_promises: {call: {promise: Call, starts: handed_off, stops: decided, within: 4 business hours}}\n"
)

DAYS = OFFICE.replace("4 business hours", "2 business days")


def mql(conditions: str) -> str:
    """An agreement whose MQLs must meet some conditions, and whose SQLs sales must want."""
    return (
        f"{FIELDS}actions: {{ask: {{points: 40}}, read: {{points: 5}}}}\ngroups: {{fit: {{employees: at least 50}}}}\n"
        f"stages: {{lead: {{team: marketing}}, mql: {{team: marketing, {conditions}}}, sql: {{team: sales}}}}\n"
    )


def sql(conditions: str) -> str:
    """An agreement whose SQLs must meet some conditions."""
    return f"{FIELDS}stages: {{mql: {{team: marketing}}, sql: {{team: sales, {conditions}}}}}\n"


def group(conditions: str) -> str:
    """An agreement whose MQLs must fit a group."""
    return (
        f"{FIELDS}groups: {{fit: {{{conditions}}}}}\n"
        "stages: {lead: {team: marketing}, mql: {team: marketing, meets: fit}, customer: {team: sales}}\n"
    )


def clock(keys: str, section: str = "sales_promises") -> str:
    """A promise with a clock."""
    return f"{FIELDS}{section}: {{call: {{promise: Call, starts: handed_off, stops: decided, {keys}}}}}\n"


def measure(keys: str, section: str = "marketing_promises") -> str:
    """A promise about a measure."""
    return f"{FIELDS}{section}: {{it: {{promise: Do it, {keys}}}}}\n"


def ladder(*rungs: str) -> str:
    """A promise with a ladder of deadlines."""
    return clock("target: 90%, within: [" + ", ".join(f"{{{rung}}}" for rung in rungs) + "]")


def targets(written: str) -> str:
    """A plan with targets."""
    return (
        "plan: {months: 2027-01 to 2027-06}\n"
        "channels: {ads: {team: marketing}, calls: {team: sales}}\n"
        f"targets: {{{written}}}\n"
    )


def handoff(keys: str) -> str:
    """A handoff at the stage MQL."""
    return (
        f"{FIELDS}sellers: {{ana: {{}}, bruno: {{}}}}\nhandoff: {{stage: mql, channel: The queue, {keys}}}\n"
        "stages: {lead: {team: marketing}, mql: {team: marketing, employees: at least 50}, customer: {team: sales}}\n"
    )


def channel(keys: str) -> str:
    """A channel of marketing's."""
    return f"channels: {{ads: {{team: marketing{keys}}}}}\n"


def reason(keys: str) -> str:
    """A reason to return leads to marketing."""
    return f"return_reasons: {{no_need: {{{keys}}}}}\n"


BACK = "found: after accepting, back_to: marketing, then: nurture"

CRITERIA: list[Row] = [
    (mql("points: at least 30"), mql("points: at least 20"), {"criterion-looser"}, LOOSER, HEAVIER),
    (mql("points: at least 20"), mql("points: at least 30"), {"criterion-stricter"}, STRICTER, LIGHTER),
    (mql("employees: at least 50"), mql("employees: more than 49"), set(), SAME, SAME),
    (
        mql("employees: 50 to 2000"),
        mql("all: [{employees: at least 50}, {employees: at most 2000}]"),
        set(),
        SAME,
        SAME,
    ),
    (mql("employees: 50 to 2000"), mql("employees: 20 to 500"), {"criterion-shifted"}, SHIFTED, SHIFTED),
    (
        mql("employees: at least 50"),
        mql("any: [{employees: at least 50}, {visits: at least 3}]"),
        {"criterion-looser"},
        LOOSER,
        HEAVIER,
    ),
    (
        mql("employees: at least 50"),
        mql("employees: at least 50, country: Brazil"),
        {"criterion-stricter"},
        STRICTER,
        LIGHTER,
    ),
    (
        mql("employees: at least 50"),
        mql("employees: at least 50, none_of: [{country: Brazil}]"),
        {"criterion-stricter"},
        STRICTER,
        LIGHTER,
    ),
    (mql("need: confirmed"), mql("need: [confirmed, likely]"), {"criterion-looser"}, LOOSER, HEAVIER),
    (mql("need: [confirmed, likely]"), mql("need: [likely, confirmed]"), set(), SAME, SAME),
    (mql("need: known"), mql("need: [confirmed, likely]"), set(), SAME, SAME),
    (
        mql("at_least: 2, of: [{employees: at least 50}, {visits: at least 3}, {need: confirmed}]"),
        mql("at_least: 1, of: [{employees: at least 50}, {visits: at least 3}, {need: confirmed}]"),
        {"criterion-looser"},
        LOOSER,
        HEAVIER,
    ),
    (
        mql("at_least: 2, of: [{employees: at least 50}, {visits: at least 3}]"),
        mql("all: [{visits: at least 3}, {employees: at least 50}]"),
        set(),
        SAME,
        SAME,
    ),
    (mql("meets: fit"), mql("employees: at least 50"), set(), SAME, SAME),
    (mql("meets: fit"), mql("employees: at least 60"), {"criterion-stricter"}, STRICTER, LIGHTER),
    (mql("employees: at least 50"), mql("means: Big ones"), {"wording-changed", "criterion-looser"}, LOOSER, HEAVIER),
    (sql("need: [confirmed, likely]"), sql("need: confirmed"), {"criterion-stricter"}, SAME, STRICTER),
    (sql("need: confirmed"), sql("need: [confirmed, likely]"), {"criterion-looser"}, SAME, LOOSER),
    (sql("need: confirmed"), sql("employees: at least 3"), {"criterion-shifted"}, SAME, SHIFTED),
    (group("employees: at least 50"), group("employees: at least 80"), {"group-stricter"}, STRICTER, LIGHTER),
    (group("employees: at least 80"), group("employees: at least 50"), {"group-looser"}, LOOSER, HEAVIER),
    (group("employees: at least 50"), group("country: Brazil"), {"group-shifted"}, SHIFTED, SHIFTED),
    (group("employees: at least 50"), group("why: Big, employees: at least 50"), {"wording-changed"}, SAME, SAME),
    (
        FIELDS + "groups: {big: {employees: at least 50}}\n",
        FIELDS + "groups: {big: {employees: at least 80}}\n",
        {"group-stricter"},
        SAME,
        SAME,
    ),
    (
        "actions: {ask: {points: 20}}\nstages: {mql: {team: marketing, points: at least 40}, sql: {team: sales}}\n",
        "actions: {ask: {points: 40}}\nstages: {mql: {team: marketing, points: at least 40}, sql: {team: sales}}\n",
        {"action-points-raised"},
        LOOSER,
        HEAVIER,
    ),
    ("actions: {ask: {points: 20}}\n", "actions: {ask: {points: 40}}\n", {"action-points-raised"}, SAME, SAME),
    (
        "points: {over: 60 days}\nstages: {mql: {team: marketing, points: at least 30}, sql: {team: sales}}\n",
        "points: {over: 30 days}\nstages: {mql: {team: marketing, points: at least 30}, sql: {team: sales}}\n",
        {"points-counted-shorter"},
        STRICTER,
        LIGHTER,
    ),
    (
        "stages: {lead: {team: marketing}, mql: {team: marketing}, sql: {team: sales}}\n",
        "stages: {lead: {team: marketing}, mql: {team: sales}, sql: {team: sales}}\n",
        {"stage-handed-over"},
        LOOSER,
        STRICTER,
    ),
    (
        FIELDS + "ranking: [{when: {employees: at least 50}, rank: hot}, {otherwise: yes, rank: cold}]\n",
        FIELDS + "ranking: [{when: {employees: more than 49}, rank: hot}, {otherwise: yes, rank: cold}]\n",
        set(),
        SAME,
        SAME,
    ),
    (
        FIELDS + "ranking: [{when: {employees: at least 50}, rank: hot}, {otherwise: yes, rank: cold}]\n",
        FIELDS + "ranking: [{when: {employees: at least 60}, rank: hot}, {otherwise: yes, rank: cold}]\n",
        {"ranking-changed"},
        SHIFTED,
        SHIFTED,
    ),
]

PROMISES: list[Row] = [
    (clock("within: 4 hours"), clock("within: 2 hours"), {"promise-tightened"}, SAME, STRICTER),
    (clock("within: 2 hours"), clock("within: 120 minutes"), set(), SAME, SAME),
    (clock("within: 2 hours"), clock("within: 3 hours"), {"promise-loosened"}, SAME, LOOSER),
    (clock("within: 1 week"), clock("within: 7 days"), set(), SAME, SAME),
    (clock("within: 4 business hours"), clock("within: 240 business minutes"), set(), SAME, SAME),
    (clock("within: 4 hours"), clock("within: 4 business hours"), {"promise-shifted"}, SAME, SHIFTED),
    (clock("within: 1 month"), clock("within: 30 days"), {"promise-shifted"}, SAME, SHIFTED),
    (
        clock("within: 15 minutes", "marketing_promises"),
        clock("within: 5 minutes", "marketing_promises"),
        {"promise-tightened"},
        STRICTER,
        SAME,
    ),
    (
        clock("within: 2 days", "both_promise"),
        clock("within: 1 day", "both_promise"),
        {"promise-tightened"},
        STRICTER,
        STRICTER,
    ),
    (clock("within: 2 days, target: 90%"), clock("within: 2 days, target: 95%"), {"promise-tightened"}, SAME, STRICTER),
    (clock("within: 2 days, target: 90%"), clock("within: 2 days, target: 85%"), {"promise-loosened"}, SAME, LOOSER),
    (clock("within: 2 days, target: 90%"), clock("within: 2 days, target: 90.0%"), set(), SAME, SAME),
    (clock("within: 2 days, target: 90%"), clock("within: 2 days"), {"promise-loosened"}, SAME, LOOSER),
    (clock("within: 2 days"), clock("within: 2 days, target: 90%"), {"promise-tightened"}, SAME, STRICTER),
    (
        clock("within: 4 days, target: 90%"),
        clock("within: 2 days, target: 80%"),
        {"promise-tightened", "promise-loosened"},
        SAME,
        SHIFTED,
    ),
    (
        ladder("name: all, otherwise: yes, time: 4 hours"),
        ladder("name: big, when: {employees: at least 50}, time: 1 hour", "name: all, otherwise: yes, time: 4 hours"),
        {"promise-tightened"},
        SAME,
        STRICTER,
    ),
    (
        clock("target: 90%, within: 4 hours"),
        ladder("name: big, when: {employees: at least 50}, time: 8 hours", "name: all, otherwise: yes, time: 4 hours"),
        {"promise-loosened"},
        SAME,
        LOOSER,
    ),
    (clock("target: 90%, within: 4 hours"), ladder("name: all, otherwise: yes, time: 4 hours"), set(), SAME, SAME),
    (
        ladder("name: big, when: {employees: at least 50}, time: 1 hour", "name: all, otherwise: yes, time: 4 hours"),
        ladder("name: big, when: {employees: at least 20}, time: 1 hour", "name: all, otherwise: yes, time: 4 hours"),
        {"promise-tightened"},
        SAME,
        STRICTER,
    ),
    (
        ladder("name: big, when: {employees: at least 50}, time: 1 hour", "name: all, otherwise: yes, time: 4 hours"),
        ladder("name: big, when: {employees: at least 50}, time: 1 hour"),
        {"promise-loosened"},
        SAME,
        LOOSER,
    ),
    (
        ladder("name: all, otherwise: yes, time: 4 hours, target: 80%"),
        ladder("name: all, otherwise: yes, time: 4 hours, target: 95%"),
        {"promise-tightened"},
        SAME,
        STRICTER,
    ),
    (
        ladder("name: all, otherwise: yes, time: 4 hours"),
        ladder("name: rest, otherwise: yes, time: 4 hours"),
        {"promise-rung-renamed"},
        SAME,
        SAME,
    ),
    (
        clock("within: 1 day"),
        clock("within: 1 day, only: {employees: at least 50}"),
        {"promise-covers-fewer"},
        SAME,
        LOOSER,
    ),
    (
        clock("within: 1 day, only: {employees: at least 50}"),
        clock("within: 1 day, only: {employees: at least 20}"),
        {"promise-covers-more"},
        SAME,
        STRICTER,
    ),
    (
        clock("within: 1 day, only: {employees: at least 50}"),
        clock("within: 1 day, only: {employees: more than 49}"),
        set(),
        SAME,
        SAME,
    ),
    (
        clock("within: 1 day, only: {employees: at least 50}"),
        clock("within: 1 day, only: {country: Brazil}"),
        {"promise-covers-others"},
        SAME,
        SHIFTED,
    ),
    (
        clock("within: 1 day"),
        clock("within: 1 day, not_owed_when: [wrongly_qualified]"),
        {"excuse-added"},
        SAME,
        LOOSER,
    ),
    (
        clock("within: 1 day, no_answer_means: accepted"),
        clock("within: 1 day, no_answer_means: returned"),
        {"silence-counts-otherwise"},
        SHIFTED,
        SHIFTED,
    ),
    (
        measure("measure: persistence_rate, needs: {attempts: 6, channels: 2}", "sales_promises"),
        measure("measure: persistence_rate, needs: {attempts: 4, channels: 2}", "sales_promises"),
        {"promise-effort-lowered"},
        SAME,
        LOOSER,
    ),
    (
        measure("measure: persistence_rate, needs: {attempts: 6, channels: 2}", "sales_promises"),
        measure("measure: persistence_rate, needs: {attempts: 6, channels: 3}", "sales_promises"),
        {"promise-effort-raised"},
        SAME,
        STRICTER,
    ),
    (
        measure("measure: acceptance_rate, target: 85%"),
        measure("measure: acceptance_rate, target: 80%"),
        {"promise-loosened"},
        LOOSER,
        SAME,
    ),
    (
        measure("measure: wrongly_qualified, target: 2%"),
        measure("measure: wrongly_qualified, target: 5%"),
        {"promise-loosened"},
        LOOSER,
        SAME,
    ),
    (
        measure("measure: missed_leads, target: 5%"),
        measure("measure: missed_leads, target: 2%"),
        {"promise-tightened"},
        STRICTER,
        SAME,
    ),
    (
        measure("measure: entries, of: kits, target: 2 a month"),
        measure("measure: entries, of: kits, target: 4 a month"),
        {"promise-tightened"},
        STRICTER,
        SAME,
    ),
    (
        measure("measure: volume, of: mql, target: as planned"),
        measure("measure: volume, of: mql, target: 90%"),
        {"promise-shifted"},
        SHIFTED,
        SAME,
    ),
    (
        measure("measure: volume, of: mql, target: 90%"),
        measure("measure: volume, of: lead, target: 90%"),
        {"promise-measured-otherwise"},
        SHIFTED,
        SAME,
    ),
    (
        measure("measure: rate, of: lead_to_mql, judged_after: 60 days"),
        measure("measure: rate, of: lead_to_mql, judged_after: 90 days"),
        {"promise-judged-at-another-age"},
        SHIFTED,
        SAME,
    ),
    (
        measure("measure: volume, of: mql"),
        measure("measure: volume, of: mql", "sales_promises"),
        {"promise-handed-over"},
        LOOSER,
        STRICTER,
    ),
    (
        measure("measure: volume, of: mql"),
        measure("measure: volume, of: mql", "both_promise"),
        {"promise-handed-over"},
        SAME,
        STRICTER,
    ),
    (measure("measure: volume, of: mql"), FIELDS, {"promise-dropped"}, LOOSER, SAME),
    (FIELDS, clock("within: 1 day"), {"promise-added"}, SAME, STRICTER),
    (FIELDS, measure("measure: revenue, target: as planned", "both_promise"), {"promise-added"}, STRICTER, STRICTER),
    (
        measure("measure: volume, of: mql"),
        measure("measure: volume, of: mql, why: We said so"),
        {"wording-changed"},
        SAME,
        SAME,
    ),
    (
        clock("within: 1 day") + "escalation: [{when: {missed: 1}, tell: seller, then: Call}]\n",
        clock("within: 1 day") + "escalation: [{when: {missed: 3}, tell: seller, then: Call}]\n",
        {"escalation-changed"},
        SAME,
        SHIFTED,
    ),
    (
        clock("within: 1 day"),
        clock("within: 1 day") + "escalation: [{when: {missed: 3}, tell: seller, then: Call}]\n",
        {"escalation-added"},
        SAME,
        SHIFTED,
    ),
    (OFFICE % '"09:00 to 17:00"', OFFICE % '"09:00 to 18:00"', {"working-time-longer"}, SAME, STRICTER),
    (OFFICE % '"09:00 to 17:00"', OFFICE % '"10:00 to 17:00"', {"working-time-shorter"}, SAME, LOOSER),
    (OFFICE % '"09:00 to 17:00"', OFFICE % '"10:00 to 18:00"', {"working-time-moved"}, SAME, SHIFTED),
    (OFFICE % '"09:00 to 17:00"', OFFICE % '["09:00 to 12:00", "12:00 to 17:00"]', set(), SAME, SAME),
    # a deadline in business days ends when its last day closes
    (DAYS % '"09:00 to 17:00"', DAYS % '"09:00 to 12:00"', {"working-time-shorter"}, SAME, STRICTER),
    (DAYS % '"09:00 to 17:00"', DAYS % '"08:00 to 18:00"', {"working-time-longer"}, SAME, LOOSER),
    (DAYS % '"09:00 to 17:00"', DAYS % '"10:00 to 17:00"', {"working-time-shorter"}, SAME, SAME),
    (DAYS % '"09:00 to 17:00"', DAYS % '"10:00 to 18:00"', {"working-time-moved"}, SAME, LOOSER),
    (
        DAYS % '"09:00 to 17:00"',
        (DAYS % '"09:00 to 17:00"').replace("to Friday", "to Saturday"),
        {"working-time-longer"},
        SAME,
        STRICTER,
    ),
    (
        DAYS % '"09:00 to 17:00"',
        (DAYS % '"09:00 to 18:00"').replace("to Friday", "to Saturday"),
        {"working-time-longer"},
        SAME,
        SHIFTED,
    ),
    (
        OFFICE % '"09:00 to 17:00"',
        OFFICE % '"09:00 to 17:00", holidays: [2027-02-08]',
        {"working-time-shorter"},
        SAME,
        LOOSER,
    ),
    ("personal_contact: [call]\n", "personal_contact: [call, e-mail]\n", {"personal-contact-widened"}, SAME, LOOSER),
    ("personal_contact: [call, e-mail]\n", "personal_contact: [e-mail, call]\n", set(), SAME, SAME),
]

PLAN: list[Row] = [
    (
        targets("mql: {all: {2027-01 to 2027-03: 80}}"),
        targets("mql: {all: {2027-01 to 2027-03: 95}}"),
        {"target-raised"},
        STRICTER,
        HEAVIER,
    ),
    (
        targets("mql: {all: {2027-01 to 2027-03: 80}}"),
        targets("mql: {all: {2027-01 to 2027-03: 70}}"),
        {"target-lowered"},
        LOOSER,
        LIGHTER,
    ),
    (
        targets("mql: {all: {2027-01 to 2027-03: 80}}"),
        targets("mql: {all: {2027-01: 80, 2027-02: 80, 2027-03: 80}}"),
        set(),
        SAME,
        SAME,
    ),
    (targets("mql: {all: {2027-01 to 2027-03: 80}}"), targets("mql: {all: {2027-Q1: 80}}"), set(), SAME, SAME),
    (
        targets("mql: {all: {2027-Q1: 80}}"),
        targets("mql: {all: {2027-01: 80, 2027-02 to 2027-03: 90}}"),
        {"target-raised"},
        STRICTER,
        HEAVIER,
    ),
    (
        targets("mql: {all: {2027-Q1: 80}}"),
        targets("mql: {all: {2027-01: 70, 2027-02 to 2027-03: 90}}"),
        {"target-raised", "target-lowered"},
        SHIFTED,
        SHIFTED,
    ),
    (targets("mql: {ads: {2027-01: 80}}"), targets("mql: {ads: {2027-01: 90}}"), {"target-raised"}, STRICTER, HEAVIER),
    (targets("lead: {ads: {2027-01: 80}}"), targets("lead: {ads: {2027-01: 90}}"), {"target-raised"}, STRICTER, SAME),
    (
        targets("customer: {all: {2027-01: 8}}"),
        targets("customer: {all: {2027-01: 9}}"),
        {"target-raised"},
        SAME,
        STRICTER,
    ),
    (targets("mql: {calls: {2027-01: 8}}"), targets("mql: {calls: {2027-01: 9}}"), {"target-raised"}, SAME, STRICTER),
    (
        targets("mql: {all: {2027-01: 80}}"),
        targets("mql: {all: {2027-01: 80, 2027-02: 80}}"),
        {"target-raised"},
        STRICTER,
        HEAVIER,
    ),
    (
        targets("mql: {all: {2027-01: 80}}"),
        targets("mql: {all: {2027-01: 80, why: The fair}}"),
        {"wording-changed"},
        SAME,
        SAME,
    ),
    ("rates: {lead_to_mql: 20%}\n", "rates: {lead_to_mql: 25%}\n", {"rate-raised"}, STRICTER, SAME),
    ("rates: {mql_to_customer: 25%}\n", "rates: {mql_to_customer: 20%}\n", {"rate-lowered"}, SAME, LOOSER),
    (channel(", rates: {lead_to_mql: 20%}"), channel(", rates: {lead_to_mql: 30%}"), {"rate-raised"}, STRICTER, SAME),
    (
        "plan: {months: 2027-Q1, customers: 46}\n",
        "plan: {months: 2027-01 to 2027-03, customers: 46}\n",
        set(),
        SAME,
        SAME,
    ),
    (
        "plan: {months: 2027-Q1, customers: 46}\n",
        "plan: {months: 2027-Q1, customers: 40}\n",
        {"goal-lowered"},
        LOOSER,
        LOOSER,
    ),
    (
        "plan: {months: 2027-Q1, revenue: 100}\n",
        "plan: {months: 2027-Q1, revenue: 200}\n",
        {"goal-raised"},
        STRICTER,
        STRICTER,
    ),
    (
        "plan: {months: 2027-Q1, average_deal: 100}\n",
        "plan: {months: 2027-Q1, average_deal: 200}\n",
        {"goal-raised"},
        SAME,
        STRICTER,
    ),
    (
        "plan: {months: 2027-Q1, pipeline_coverage: 3x}\n",
        "plan: {months: 2027-Q1, pipeline_coverage: 4x}\n",
        {"goal-raised"},
        STRICTER,
        STRICTER,
    ),
    (
        "plan: {months: 2027-Q1, cost_per_customer: at most 100}\n",
        "plan: {months: 2027-Q1, cost_per_customer: at most 80}\n",
        {"goal-raised"},
        STRICTER,
        SAME,
    ),
    (
        "plan: {months: 2027-Q1}\n",
        "plan: {months: 2027-Q1, cost_per_customer: at most 80}\n",
        {"goal-raised"},
        STRICTER,
        SAME,
    ),
    (
        "plan: {months: 2027-Q1, sales_cycle: 2 months}\n",
        "plan: {months: 2027-Q1, sales_cycle: {2 months: 100%}}\n",
        set(),
        SAME,
        SAME,
    ),
    (
        "plan: {months: 2027-Q1, sales_cycle: 2 months}\n",
        "plan: {months: 2027-Q1, sales_cycle: 1 month}\n",
        {"sales-cycle-changed"},
        SHIFTED,
        SHIFTED,
    ),
    (
        "plan: {months: 2027-Q1}\nopened_before_plan: {2026-12: 24}\n",
        "plan: {months: 2027-Q1}\nopened_before_plan: {2026-12: 20}\n",
        {"opened-before-fewer"},
        HEAVIER,
        HEAVIER,
    ),
    (channel(""), channel(", budget: 100 a month"), {"budget-raised"}, LIGHTER, SAME),
    (channel(", budget: 100 a month"), channel(", budget: 80 a month"), {"budget-lowered"}, HEAVIER, SAME),
    (channel(", status: trial"), channel(""), {"channel-proven"}, STRICTER, SAME),
    (channel(", since: 2026-01"), channel(", since: 2026-02"), {"channel-changed"}, SHIFTED, SAME),
    (channel(", name: Ads"), channel(", name: Search ads"), {"wording-changed"}, SAME, SAME),
    (channel(""), "channels: {ads: {team: sales}}\n", {"channel-handed-over"}, LOOSER, STRICTER),
    (
        channel("") + "campaigns: {x: {channel: ads, hands_over: 20}}\n",
        channel("") + "campaigns: {x: {channel: ads, hands_over: 25}}\n",
        {"campaign-raised"},
        STRICTER,
        SAME,
    ),
    (channel(""), channel("") + "campaigns: {x: {channel: ads}}\n", {"campaign-added"}, HEAVIER, SAME),
]

HANDOFF: list[Row] = [
    (
        handoff("must_have: [country], nice_to_have: [state]"),
        handoff("must_have: [country, state]"),
        {"payload-field-required"},
        STRICTER,
        SAME,
    ),
    (
        handoff("must_have: [country, state]"),
        handoff("must_have: [country], nice_to_have: [state]"),
        {"payload-field-released"},
        LOOSER,
        SAME,
    ),
    (handoff("must_have: [country, state]"), handoff("must_have: [state, country]"), set(), SAME, SAME),
    (
        handoff("must_have: [country]"),
        handoff("must_have: {country: {used_for: first call}}"),
        {"wording-changed"},
        SAME,
        SAME,
    ),
    (handoff("must_have: [country]"), handoff("must_have: [country, employees]"), {"payload-field-listed"}, SAME, SAME),
    (
        handoff("must_have: [country]"),
        handoff("must_have: [country], nice_to_have: [state]"),
        {"payload-field-offered"},
        HEAVIER,
        LIGHTER,
    ),
    (handoff("how: integration"), handoff("how: e-mail"), {"handoff-way-changed"}, SHIFTED, SHIFTED),
    (
        handoff("if_it_fails: {then: Export}"),
        handoff("if_it_fails: {then: Call}"),
        {"handoff-way-changed"},
        SHIFTED,
        SHIFTED,
    ),
    (
        handoff("routing: [{when: {state: PR}, to: ana}, {otherwise: yes, to: bruno}]"),
        handoff("routing: [{when: {state: [PR, SC]}, to: ana}, {otherwise: yes, to: bruno}]"),
        {"routing-changed"},
        SAME,
        SHIFTED,
    ),
    (
        handoff("routing: [{when: {state: PR}, to: [ana, bruno]}, {otherwise: yes, to: bruno}]"),
        handoff("routing: [{when: {state: PR}, to: [bruno, ana]}, {otherwise: yes, to: bruno}]"),
        set(),
        SAME,
        SAME,
    ),
    (
        handoff("routing: [{when: {state: PR}, to: ana}, {when: {state: SC}, to: bruno}]"),
        handoff("routing: [{when: {state: SC}, to: bruno}, {when: {state: PR}, to: ana}]"),
        set(),
        SAME,
        SAME,
    ),
    (
        "limit_per_seller: {handoffs: 22 a month}\n",
        "limit_per_seller: {handoffs: 20 a month}\n",
        {"seller-limit-lowered"},
        SAME,
        LIGHTER,
    ),
    ("sellers: {ana: {}}\n", "sellers: {ana: {}, bruno: {}}\n", {"seller-added"}, SAME, LIGHTER),
    ("sellers: {ana: {}, bruno: {}}\n", "sellers: {bruno: {}, ana: {}}\n", set(), SAME, SAME),
    ("sellers: {ana: {ramp: [25%, 50%]}}\n", "sellers: {ana: {ramp: [50%, 75%]}}\n", {"seller-changed"}, SAME, SHIFTED),
    (reason(BACK), reason(BACK + ", within: 5 days"), {"return-step-sooner"}, STRICTER, SAME),
    (reason(BACK + ", within: 5 days"), reason(BACK + ", within: 9 days"), {"return-step-later"}, LOOSER, SAME),
    (
        reason(BACK + ", come_back_after: 90 days"),
        reason(BACK + ", come_back_after: 60 days"),
        {"return-step-sooner"},
        STRICTER,
        SAME,
    ),
    (reason(BACK), reason(BACK.replace("marketing", "sales")), {"return-handed-over"}, LIGHTER, HEAVIER),
    (reason(BACK), reason(BACK.replace("nurture", "close")), {"return-reason-changed"}, SHIFTED, SAME),
    (reason(BACK), reason(BACK + ", counts: no"), {"return-not-counted"}, SHIFTED, SAME),
    (
        "hand_off_again: {at_most: 2, in: 12 months}\n",
        "hand_off_again: {at_most: 1, in: 12 months}\n",
        {"handed-over-again-less"},
        STRICTER,
        LIGHTER,
    ),
    ("outcomes: [won, lost]\n", "outcomes: [lost, won]\n", set(), SAME, SAME),
    ("fields: {fax: {is: text}}\n", "fields: {fax: {is: text, filled_in: before handoff}}\n", set(), SAME, SAME),
    (
        "fields: {fax: {is: text}}\n",
        "fields: {fax: {is: text, filled_in: after handoff}}\n",
        {"field-filled-in-later"},
        LIGHTER,
        HEAVIER,
    ),
    ("fields: {fax: {is: text}}\n", "fields: {fax: {is: text, means: A number}}\n", {"wording-changed"}, SAME, SAME),
    ("fields: {fax: {is: text}}\n", "fields: {fax: {is: number}}\n", {"field-read-otherwise"}, SAME, SAME),
]

TOGETHER: list[Row] = [
    (
        "meetings: {w: {every: week, who: [marketing, sales], topics: [volume]}}\n",
        "meetings: {w: {every: week, who: [sales, marketing], topics: [volume]}}\n",
        set(),
        SAME,
        SAME,
    ),
    (
        "meetings: {w: {every: week, who: [marketing, sales], topics: [volume]}}\n",
        "meetings: {w: {every: month, who: [marketing, sales], topics: [volume]}}\n",
        {"meeting-less-often"},
        LIGHTER,
        LIGHTER,
    ),
    (
        "meetings: {w: {every: week, who: [sales], topics: [volume]}}\n",
        "meetings: {w: {every: week, who: [sales], topics: [volume, wins]}}\n",
        {"meeting-changed"},
        SAME,
        SHIFTED,
    ),
    (PEOPLE, PEOPLE + "meetings: {w: {every: week, who: [ana], topics: [volume]}}\n", {"meeting-added"}, SAME, HEAVIER),
    (
        "tools: {crm: {team: sales, records: [decided]}}\n",
        "tools: {crm: {team: sales, records: [decided], synced: 15 minutes}}\n",
        {"tool-changed"},
        SAME,
        SHIFTED,
    ),
    ("roles: {sales: {does: [advise]}}\n", "roles: {sales: {does: [advise, sell]}}\n", {"role-added"}, SAME, HEAVIER),
    ("roles: {sales: {does: [advise, sell]}}\n", "roles: {sales: {does: [sell, advise]}}\n", set(), SAME, SAME),
    (
        "processes: {sale: {team: sales, steps: [Call, Offer]}}\n",
        "processes: {sale: {team: sales, steps: [Offer, Call]}}\n",
        {"process-changed"},
        SAME,
        SHIFTED,
    ),
    (
        "dictionary: {churn: {means: They leave}}\n",
        "dictionary: {churn: {means: They go}}\n",
        {"word-means-otherwise"},
        SHIFTED,
        SHIFTED,
    ),
    (
        "words_to_avoid: {suspect: lead}\n",
        "words_to_avoid: {suspect: contact}\n",
        {"word-replaced-otherwise"},
        SAME,
        SAME,
    ),
    ("objections: {price: Too dear}\n", "objections: {price: Too expensive}\n", {"wording-changed"}, SAME, SAME),
    ("objections: {price: Too dear}\n", "objections: {price: {en: Too dear}}\n", set(), SAME, SAME),
    (PEOPLE, PEOPLE.replace("name: Ana,", "name: Ana Beltrão,"), {"wording-changed"}, SAME, SAME),
    ("status: draft\n", "currency: EUR\n", {"currency-changed"}, SHIFTED, SHIFTED),
    ("agreement: One\n", "agreement: Two\n", {"wording-changed"}, SAME, SAME),
    (
        "agreement: One\n",
        "# said again\nagreement: One\nlog: {kits: [{what: A, on: 2027-01-07, by: ana}]}\n",
        set(),
        SAME,
        SAME,
    ),
    ("agreement: One\n", "agreement: One\nchecks: {severity: {SLA801: warning}}\n", set(), SAME, SAME),
]

TABLE = [*CRITERIA, *PROMISES, *PLAN, *HANDOFF, *TOGETHER]
every_row = pytest.mark.parametrize("row", TABLE, ids=lambda row: f"{','.join(sorted(row[2])) or 'nothing'}")


def compared(old: str, new: str, folder: Path) -> tuple[Change, ...]:
    return changes_between(document(old, folder), document(new, folder))


def together(changes: tuple[Change, ...]) -> Sides:
    """What all changes together are for each side."""
    return reduce(or_, (change.sides for change in changes), Sides())


def test_the_table_is_long_enough() -> None:
    assert len(TABLE) >= 120


@every_row
def test_it_is_these_kinds_and_this_for_each_side(row: Row, tmp_path: Path) -> None:
    old, new, kinds, marketing, sales = row
    found = compared(old, new, tmp_path)

    assert (kinds, marketing, sales) == (
        {change.kind for change in found},
        together(found).marketing,
        together(found).sales,
    )


@every_row
def test_the_other_way_round_every_verdict_is_mirrored(row: Row, tmp_path: Path) -> None:
    old, new, kinds, marketing, sales = row
    found = compared(new, old, tmp_path)
    mirrors = {kind.mirror for slug in kinds if (kind := kind_of(slug)) is not None}

    assert (mirrors, marketing.mirrored, sales.mirrored) == (
        {change.kind for change in found},
        together(found).marketing,
        together(found).sales,
    )


@every_row
def test_the_excerpts_can_be_read(row: Row, tmp_path: Path) -> None:
    """So that no row passes by being left out."""
    assert () == diff(document(row[0], tmp_path), document(row[1], tmp_path)).unread
