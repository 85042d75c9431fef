"""Every clause that lead data can decide, stated in the format and judged on data worked out by hand, traps included.

Of March 2027, whose 1st is a Monday; the office is open from 9 to 18 in São Paulo, three hours behind UTC.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

import pytest

from checker.agreement import build
from checker.funnel import open_funnel
from checker.review.check import check
from checker.text import parse
from checker.verdict import Result

HEAD = """
format: sla/v1
agreement: Clauses
status: draft
language: en
currency: EUR
people:
  mia: {name: Mia, team: marketing}
  sam: {name: Sam, team: sales}
  eva: {name: Eva, team: sales}
working_time:
  office: {timezone: America/Sao_Paulo, days: Monday to Friday, hours: "09:00 to 18:00"}
fields:
  email: {is: text}
  phone: {is: text}
  employees: {is: whole number}
  next_step_on: {is: date, filled_in: after handoff}
stages:
  mql: {team: marketing, employees: at least 10}
  opportunity: {team: sales, is: pipeline}
  customer: {team: sales, is: won}
channels:
  search: {team: marketing, budget: € 1000 a month}
  fairs: {team: marketing}
handoff: {stage: mql, channel: The queue, must_have: [email, phone]}
sellers: {sam: {}, eva: {}}
rates: {opportunity_to_customer: 50%}
plan:
  months: 2027-03
  average_deal: € 1000
  pipeline_coverage: 2x
  cost_per_customer: at most € 1000
targets:
  mql: {all: {2027-03: 2}}
  customer: {all: {2027-03: 1}}
return_reasons:
  bad_data: {found: before accepting, back_to: marketing, then: repair}
  no_answer: {found: after accepting, back_to: marketing, then: nurture, come_back_after: 10 days}
  duplicate: {found: before accepting, back_to: nobody, then: merge, counts: no}
meetings:
  weekly: {every: week, on: Monday, who: [marketing, sales], topics: [volume]}
"""
SOURCE = """
source:
  timezone: America/Sao_Paulo
  files: {{log: {{path: log.csv, null_values: [N/A, "-", unknown, "0000"]}}}}
  leads:
    from: log
    id: Lead
    channel: Channel
    merged_into: Into
    amount: Amount
    expected_closing: Closing
    fields: {{email: Email, phone: Phone, next_step_on: Next step}}
  events:
    became_mql: {{column: When, when: {{What: MQL}}}}
    handed_off: {{column: When, when: {{What: Handoff}}, set: {{employees: Size}}}}
    assigned: {{column: When, when: {{What: Owner}}, unless: {{Who: Queue}}, set: {{owner: Who}}}}
    contact_attempt:
      {{column: When, when: {{What: [Call, Mail]}}, unless: {{Who: Robot}}, set: {{actor: Who, channel: What}},
       personal: yes}}
    decided: {{column: When, when: {{What: Decision}}}}
    returned: {{column: When, when: {{What: Return}}, set: {{reason: Note}}}}
    outcome_written: {{column: When, when: {{What: Outcome}}}}
    activity: {{column: When, when: {{What: [Call, Mail]}}, set: {{actor: Who}}}}
    activity_logged: {{column: Logged, when: {{What: [Call, Mail]}}}}
    became_opportunity: {{column: When, when: {{What: Opportunity}}}}
    became_customer: {{column: When, when: {{What: Won}}}}
    lost: {{column: When, when: {{What: Lost}}}}
  coverage: {{{coverage}}}
"""
EVENTS = ("became_mql", "handed_off", "assigned", "contact_attempt", "decided", "returned", "outcome_written",
          "activity", "activity_logged", "became_opportunity", "became_customer", "lost")  # fmt: skip
COLUMNS = ("Lead", "What", "When", "Who", "Note", "Channel", "Email", "Phone", "Size", "Amount", "Closing",
           "Next step", "Logged", "Into")  # fmt: skip
RESPONSE = """
sales_promises:
  it: {promise: Call, starts: handed_off, stops: first_personal_contact, within: 4 business hours, target: 50%}
"""
SPEED = """
marketing_promises:
  it: {promise: At once, starts: became_mql, stops: handed_off, within: 15 minutes, target: 98%}
"""


@dataclass(frozen=True)
class Clause:
    """A clause with one trap: what is promised, what happened, and of how many how many are as promised.

    `lines` are `lead, what, when` and then what else the line says, as `Column=value`; dates are of March 2027 as
    `02 10:00`. `beside` are further numbers of the result.
    """

    trap: str
    promise: str
    lines: str
    kept: float
    of: float
    beside: Mapping[str, object] = field(default_factory=dict)
    source: Mapping[str, str] = field(default_factory=dict)
    head: str = ""


def measured(measure: str, target: str, more: str = "", side: str = "marketing_promises") -> str:
    return f"\n{side}:\n  it: {{promise: It is kept, measure: {measure}, target: {target}{more}}}\n"


CLAUSES: dict[str, list[Clause]] = {
    "C1 volume": [
        Clause(
            "a second handoff stands beside, a duplicate counts once, a later MQL date does not move it",
            measured("volume", "as planned", ", of: mql"),
            """
            A, MQL, 01 09:00
            A, Handoff, 01 10:00
            A, Return, 02 10:00, Note=no_answer
            A, MQL, 20 09:00
            A, Handoff, 20 10:00
            B, Handoff, 01 10:00, Into=A
            C, Handoff, 03 10:00
            D, Handoff, 03 10:00
            D, Return, 04 10:00, Note=duplicate
            """,
            2,
            2,
        ),
    ],
    "C2 quality": [
        Clause(
            "silence counts as the promise says, and is told apart",
            measured("acceptance_rate", "60%")
            + "sales_promises:\n  yes: {promise: Answer, starts: handed_off, stops: decided, within: 2 business days, "
            "target: 50%, no_answer_means: returned}\n",
            """
            A, Handoff, 01 10:00
            A, Decision, 02 10:00
            B, Handoff, 01 10:00
            B, Decision, 02 10:00
            C, Handoff, 01 10:00
            C, Decision, 02 10:00
            D, Handoff, 01 10:00
            """,
            3,
            4,
            {"by_silence": 1},
        ),
    ],
    "C3 true fit": [
        Clause(
            "what was edited after the handoff does not count where the lines of the handoff say it",
            measured("wrongly_qualified", "2%"),
            """
            A, Handoff, 01 10:00, Size=50
            A, Edit, 05 10:00, Size=3
            B, Handoff, 01 10:00, Size=3
            B, Edit, 05 10:00, Size=50
            C, Handoff, 01 10:00
            """,
            1,
            3,
            {"cannot_tell": 1, "at_most": True},
        ),
    ],
    "C4 missed leads": [
        Clause(
            "who still has time to be handed over is not missed yet",
            measured("missed_leads", "2%")
            + "  speed: {promise: Fast, starts: became_mql, stops: handed_off, within: 1 business day, target: 9%}\n",
            """
            A, MQL, 01 09:00
            A, Handoff, 01 10:00
            B, MQL, 01 09:00
            C, MQL, 31 17:59
            """,
            1,
            2,
        ),
    ],
    "C5 payload": [
        Clause(
            "placeholders are blanks",
            measured("payload_completeness", "95%"),
            """
            A, Handoff, 01 10:00, Email=a@b, Phone=123, Size=10
            B, Handoff, 01 10:00, Email=N/A, Phone=123, Size=10
            C, Handoff, 01 10:00, Email=a@b, Phone=-, Size=10
            D, Handoff, 01 10:00, Email=unknown, Phone=0000, Size=10
            """,
            1,
            4,
        ),
    ],
    "C6 handoff delay": [
        Clause(
            "a moment without its seconds is not before the one that it follows, and 15 minutes are kept to the second",
            SPEED,
            """
            A, MQL, 01 10:00:40
            A, Handoff, 01 10:00
            B, MQL, 01 10:00:40
            B, Handoff, 01 10:15:40
            C, MQL, 01 10:00:40
            C, Handoff, 01 10:15:41
            D, MQL, 01 10:01:00
            D, Handoff, 01 10:00
            """,
            2,
            3,
            {"cannot_tell": 1},
        ),
        Clause(
            "one column in UTC and one in local time, each declared",
            SPEED,
            """
            A, MQL, 01 13:00
            A, Handoff, 01 10:10
            """,
            1,
            1,
            source={"{column: When, when: {What: MQL}}": "{column: When, when: {What: MQL}, timezone: UTC}"},
        ),
    ],
    "C7 repair": [
        Clause(
            "only of leads that came back for bad data; from the return, not from the handoff",
            "\nmarketing_promises:\n  it: {promise: Repair, only: {return_reason: bad_data}, starts: returned, "
            "stops: handed_off_again, within: 2 business days, target: 90%}\n",
            """
            A, Handoff, 01 10:00
            A, Return, 05 10:00, Note=bad_data
            A, Handoff, 09 18:00
            B, Handoff, 01 10:00
            B, Return, 05 10:00, Note=bad_data
            B, Handoff, 10 09:00
            C, Handoff, 01 10:00
            C, Return, 05 10:00, Note=no_answer
            """,
            1,
            2,
        ),
    ],
    "C8 single channel": [
        Clause(
            "a lead that sales entered by hand was called and never handed over",
            measured("single_channel", "100%"),
            """
            A, Handoff, 01 10:00
            B, Handoff, 01 10:00
            C, Call, 01 10:00
            """,
            2,
            3,
        ),
    ],
    "C9 cost per customer": [
        Clause(
            "customers of the cohort, whenever they buy; channels without a budget bring none here",
            measured("cost_per_customer", "as planned"),
            """
            A, Opportunity, 01 10:00, Channel=search
            B, Opportunity, 01 10:00, Channel=search
            C, Opportunity, 01 10:00, Channel=fairs
            D, Won, 05 10:00, Channel=search
            """,
            1000,
            1,
            {"actual": 1000},
        ),
    ],
    "C11 first response": [
        Clause(
            "weekend answers take no working time; an automatic mail stops no clock, and silence is late",
            RESPONSE,
            """
            A, Handoff, 05 17:00
            A, Call, 06 11:00
            B, Handoff, 05 17:00
            B, Mail, 05 17:01, Who=Robot
            B, Call, 08 12:01
            C, Handoff, 05 17:00
            C, Call, 08 12:00
            D, Handoff, 05 17:00
            E, Handoff, 05 17:00
            E, Mail, 05 17:01, Who=Robot
            """,
            2,
            5,
            {"by_silence": 2},
        ),
        Clause(
            "a new owner does not start a new clock, and whoever calls stops it",
            RESPONSE,
            """
            A, Handoff, 01 10:00
            A, Owner, 01 10:01, Who=sam
            A, Owner, 02 10:00, Who=eva
            A, Call, 02 10:30, Who=eva
            B, Handoff, 01 10:00
            B, Owner, 01 10:01, Who=sam
            B, Owner, 01 11:00, Who=eva
            B, Call, 01 11:30, Who=eva
            """,
            1,
            2,
        ),
        Clause(
            "calls kept in UTC: from 13:45 to 15:30 are 1.75 hours; 18:30, read as local, would make 4.25 of them",
            RESPONSE,
            """
            A, Handoff, 01 13:45
            A, Call, 01 18:30
            B, Handoff, 01 09:00
            B, Call, 01 16:01
            """,
            1,
            2,
            source={"personal: yes": "personal: yes, timezone: UTC"},
        ),
        Clause(
            "leads that are not due yet are in no share, also where they were answered early",
            RESPONSE,
            """
            A, Handoff, 31 17:00
            A, Call, 31 17:05
            B, Handoff, 31 17:00
            C, Handoff, 30 10:00
            C, Call, 30 11:00
            """,
            1,
            1,
        ),
        Clause(
            "a lead handed over again has a new clock that stands beside",
            RESPONSE,
            """
            A, Handoff, 01 10:00
            A, Call, 01 11:00
            A, Return, 02 10:00, Note=no_answer
            A, Handoff, 20 10:00
            """,
            1,
            1,
        ),
        Clause(
            "merged duplicates: the earliest handoff and the earliest call of both, once",
            RESPONSE,
            """
            A, Handoff, 02 10:00
            A, Call, 08 11:00
            B, Handoff, 01 10:00, Into=A
            B, Call, 02 11:00, Into=A
            """,
            0,
            1,
        ),
    ],
    "C12 accept or return": [
        Clause(
            "Friday 17:30 and two business days are Tuesday 18:00",
            "\nsales_promises:\n  it: {promise: Answer, starts: handed_off, stops: decided, within: 2 business days, "
            "target: 50%, no_answer_means: accepted}\n",
            """
            A, Handoff, 05 17:30
            A, Decision, 09 18:00
            B, Handoff, 05 17:30
            B, Decision, 10 09:00
            """,
            1,
            2,
        ),
    ],
    "C13 attempts": [
        Clause(
            "five calls within a minute are one attempt",
            measured("persistence_rate", "50%", ", of: no_answer, needs: {attempts: 3, channels: 2}", "sales_promises"),
            """
            A, Handoff, 01 10:00
            A, Call, 01 11:00:01
            A, Call, 01 11:00:09
            A, Call, 01 11:00:17
            A, Call, 01 11:00:25
            A, Mail, 01 11:00:50
            A, Return, 04 10:00, Note=no_answer
            B, Handoff, 01 10:00
            B, Call, 01 11:00
            B, Call, 01 11:01
            B, Mail, 01 11:01
            B, Return, 04 10:00, Note=no_answer
            """,
            1,
            2,
        ),
    ],
    "C14 outcome": [
        Clause(
            "of accepted leads alone",
            "\nsales_promises:\n  it: {promise: Write it, only: {accepted: yes}, starts: handed_off, "
            "stops: outcome_written, within: 10 business days, target: 90%}\n",
            """
            A, Handoff, 01 10:00
            A, Decision, 01 10:00
            A, Outcome, 15 18:00
            B, Handoff, 01 10:00
            B, Decision, 01 10:00
            B, Outcome, 16 09:00
            C, Handoff, 01 10:00
            C, Decision, 02 10:00
            C, Return, 02 10:00, Note=bad_data
            """,
            1,
            2,
        ),
    ],
    "C15 reason on return": [
        Clause(
            "another word is no reason of the list",
            measured("return_reason_rate", "100%", side="sales_promises"),
            """
            A, Handoff, 01 10:00
            A, Return, 02 10:00, Note=no_answer
            B, Handoff, 01 10:00
            B, Return, 02 10:00, Note=other
            C, Handoff, 01 10:00
            C, Return, 02 10:00
            """,
            1,
            3,
        ),
        Clause(
            "reasons that are left out are no gap in the data, however many",
            measured("return_reason_rate", "100%", side="sales_promises"),
            """
            A, Handoff, 01 10:00
            A, Return, 02 10:00
            B, Handoff, 01 10:00
            B, Return, 02 10:00
            C, Handoff, 01 10:00
            C, Return, 02 10:00
            """,
            0,
            3,
        ),
    ],
    "C16 CRM hygiene": [
        Clause(
            "each activity has the time at which it was written down",
            "\nsales_promises:\n  it: {promise: Write it down, starts: activity, stops: activity_logged, "
            "within: 1 business day, target: 90%}\n",
            """
            A, Call, 01 10:00, Logged=02 18:00
            A, Call, 01 11:00, Logged=03 09:00
            B, Call, 01 10:00
            """,
            1,
            3,
        ),
        Clause(
            "a next step of open opportunities alone",
            "\nsales_promises:\n  it: {promise: Plan it, measure: field_known, of: next_step_on, "
            "only: {stage: opportunity}, target: 90%}\n",
            """
            A, Opportunity, 01 10:00, Next step=2027-03-09
            B, Opportunity, 01 10:00
            C, Opportunity, 01 10:00
            C, Lost, 02 10:00
            D, Opportunity, 01 10:00
            D, Won, 02 10:00
            """,
            1,
            2,
        ),
    ],
    "C17, C18 rates": [
        Clause(
            "of the cohort, once all had the time to: a win after that is none of it",
            measured("rate", "50%", ", of: opportunity_to_customer, judged_after: 10 days", "sales_promises"),
            """
            A, Opportunity, 01 10:00
            A, Won, 11 10:00
            B, Opportunity, 01 10:00
            B, Won, 11 10:01
            """,
            1,
            2,
        ),
    ],
    "C19 pipeline coverage": [
        Clause(
            "a hope whose day is over closes nothing",
            measured("pipeline_coverage", "as planned", side="both_promise"),
            """
            A, Opportunity, 01 10:00, Amount=1500
            A, Won, 20 10:00
            B, Opportunity, 01 10:00, Amount=500
            B, Lost, 25 10:00
            C, Opportunity, 01 10:00, Amount=9000, Closing=2027-03-30
            """,
            2000,
            1000,
        ),
    ],
    "C20 objections, C10 content": [
        Clause(
            "entries of the log, by their day",
            measured("entries", "2 a month", ", of: objections_heard", "sales_promises"),
            "A, Handoff, 01 10:00",
            2,
            2,
            head="log: {objections_heard: [{what: Price, on: 2027-03-02, by: sam}, "
            "{what: Wifi, on: 2027-03-31, by: sam}, {what: Price, on: 2027-02-26, by: sam}]}\n",
        ),
    ],
    "C21 meetings": [
        Clause(
            "two notes on one meeting are one meeting",
            measured("meetings_held", "100%", side="both_promise"),
            "A, Handoff, 01 10:00",
            2,
            5,
            head="log: {meetings: [{what: weekly, on: 2027-03-01, by: mia}, {what: weekly, on: 2027-03-01, by: sam}, "
            "{what: weekly, on: 2027-03-29, by: mia}]}\n",
        ),
    ],
    "C23 owner assignment": [
        Clause(
            "a queue is nobody: the lead is assigned when a person has it",
            "\nmarketing_promises:\n  it: {promise: Nobody waits, starts: handed_off, stops: assigned, "
            "within: 5 minutes, target: 95%}\n",
            """
            A, Handoff, 01 10:00
            A, Owner, 01 10:00, Who=Queue
            A, Owner, 01 10:05, Who=sam
            B, Handoff, 01 10:00
            B, Owner, 01 10:00, Who=Queue
            B, Owner, 01 10:06, Who=sam
            C, Handoff, 01 10:00
            C, Owner, 01 10:00, Who=Queue
            """,
            1,
            3,
            {"by_silence": 1},
        ),
    ],
    "C24 recycle": [
        Clause(
            "only what marketing does counts, and not before the return",
            measured("recycled_on_time", "90%"),
            """
            A, Handoff, 01 10:00
            A, Mail, 01 11:00, Who=mia
            A, Return, 02 10:00, Note=no_answer
            A, Call, 03 10:00, Who=sam
            A, Mail, 12 10:00, Who=mia
            B, Handoff, 01 10:00
            B, Return, 02 10:00, Note=no_answer
            B, Mail, 13 10:00, Who=mia
            """,
            1,
            2,
        ),
    ],
    "C25 revenue": [
        Clause(
            "by the day of winning; an amended amount counts once, as it was last said; a comma parts no cents",
            measured("revenue", "as planned", side="both_promise"),
            """
            A, Opportunity, 01 10:00, Amount=900.10
            A, Won, 20 10:00, Amount=999.90
            A, Edit, 25 10:00, Amount=1000.10
            B, Opportunity, 01 10:00, Amount=500
            """,
            1000.1,
            1000,
            {"actual": 1000.1},
        ),
    ],
}
ELSEWHERE = {
    "C11 tiers, each judged on its own": "tests/review/test_check.py::test_ladders_are_judged_rung_by_rung",
    "C11 contact before the handoff": (
        "tests/review/test_check.py::test_a_contact_before_the_handoff_counts_once_the_lead_was_qualified"
    ),
    "C11 only dates": "tests/review/test_check.py::test_dates_without_a_time_cannot_tell_hours",
    "C1 late imports: out of coverage is not zero": (
        "tests/review/test_check.py::test_a_month_is_judged_only_when_the_data_covers_all_of_it"
    ),
    "C1 agreed exceptions": "tests/review/test_check.py::test_agreed_exceptions_are_counted_apart",
    "C2 too much silence": "tests/review/test_check.py::test_too_much_silence_says_nothing_of_quality",
    "C9 money spent, cohort with its time": (
        "tests/review/test_ratios.py::test_customers_that_came_are_counted_once_all_had_the_time_to"
    ),
    "C8 entered by hand, told by a column": "tests/review/test_ratios.py::test_a_column_tells_what_was_entered_by_hand",
    "C17 wins that are not recorded yet": "tests/review/test_check.py::test_a_rate_needs_the_data_of_its_whole_time",
    "33 capacity": "tests/review/test_ratios.py::test_leads_against_what_the_sellers_can_take",
    "only due leads are fair": "tests/logic/test_clock.py::test_only_what_is_due_is_fair_to_late_answers",
    "a column that is not there": (
        "tests/review/test_missing_columns.py::test_a_promise_on_a_column_that_is_not_there_is_not_measurable"
    ),
}
"""Traps that are tested where their subject is."""
NOT_IN_LEADS = {"C22 escalation": "no list of the log holds who was told of a breach, and when"}
"""Clauses that lead data cannot decide, and why."""


def written(lines: str) -> str:
    """The log as CSV."""
    rows = [",".join(COLUMNS)]
    for line in lines.strip().splitlines():
        lead, what, when, *others = (part.strip() for part in line.split(","))
        cells = {"Lead": lead, "What": what, "When": _moment(when)}
        for other in others:
            name, _, value = other.partition("=")
            cells[name] = _moment(value) if name == "Logged" else value
        rows.append(",".join(cells.get(name, "") for name in COLUMNS))
    return "\n".join(rows) + "\n"


def _moment(day_and_time: str) -> str:
    return f"2027-03-{day_and_time}"


def judged(clause: Clause, folder: Path) -> Result:
    """The verdict on March, as things stood at its end; the export covers March, and no month beside."""
    source = SOURCE.format(coverage=", ".join(f"{event}: 2027-03-01 to 2027-03-31" for event in EVENTS))
    for old, new in clause.source.items():
        assert old in source

        source = source.replace(old, new)
    (folder / "log.csv").write_text(written(clause.lines), encoding="utf-8")
    document = parse(HEAD + clause.head + clause.promise + source)
    agreement = build(document.values, document.problems)

    assert () == agreement.problems
    with open_funnel(agreement, folder) as funnel:
        results = check(agreement, document, funnel, date(2027, 3, 31)).results
    (result,) = [result for result in results.results if (result.promise, result.period) == ("it", "2027-03")]
    return result


CASES = [(name, clause) for name, clauses in CLAUSES.items() for clause in clauses]


@pytest.mark.parametrize(
    ("name", "clause"), [pytest.param(*case, id=f"{case[0]}: {case[1].trap[:40]}") for case in CASES]
)
def test_a_clause_is_measured_without_its_trap(tmp_path, name, clause):
    """Of how many leads (or how much) how many are as promised, and what stands beside."""
    result = judged(clause, tmp_path)

    assert (clause.kept, clause.of) == (result.numerator, result.denominator), (name, result.why)
    assert clause.beside == {key: getattr(result, key) for key in clause.beside}


def test_every_clause_is_here_or_elsewhere():
    """C1 to C25: judged above, or told why lead data cannot."""
    named = {word.strip(",") for name in (*CLAUSES, *NOT_IN_LEADS) for word in name.split() if word.startswith("C")}

    assert {f"C{number}" for number in range(1, 26)} == {name for name in named if name[1:2].isdigit()}


@pytest.mark.parametrize("place", ELSEWHERE.values(), ids=list(ELSEWHERE))
def test_what_is_tested_elsewhere_is_there(place):
    """A test that is renamed is found here."""
    file, _, test = place.partition("::")

    assert f"def {test}(" in (Path(__file__).parents[2] / file).read_text(encoding="utf-8")
