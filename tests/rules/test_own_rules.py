"""Checks of a company's own: the words of tests, put to values of the agreement."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from checker.agreement.conditions import parse_test
from checker.language import words
from checker.review.validate import validate
from checker.rules.own_rules import passes
from checker.text import parse, read
from tests.reference import edited_reference


@pytest.mark.parametrize(
    ("test", "value", "expected"),
    [
        ("at least R$ 20000", "R$ 30000", True),
        ("at least R$ 20000", 19999, False),
        ("at least 20000", "BRL 20000", True),
        ("at most R$ 12000", "at most R$ 12000", True),
        ("less than R$ 12000", "at most R$ 12000", False),
        ("at least 15%", "15%", True),
        ("more than 15%", "15%", False),
        ("at least 15%", Decimal("0.15"), None),
        ("50 to 2000", 50, True),
        ("50 to 2000", 2001, False),
        ("at most 2 months", "1 month", True),
        ("at most 2 months", "3 months", False),
        ("at most 2 months", "20 days", None),
        ("at least 4x", "4x", True),
        ("at least 20 a month", "22 a month", True),
        ("2 months", "2 months", True),
        (46, 46, True),
        (46, 47, False),
        ("not signed", "draft", True),
        ("not signed", "Signed", False),
        (["draft", "signed"], "signed", True),
        (["draft", "signed"], "other", False),
        ("contains crm", "The CRM queue", True),
        ("contains mail", ["phone call", "e-mail"], True),
        ("contains mail", ["phone call"], False),
        ("known", "anything", True),
        ("not known", "anything", False),
        (True, True, True),
        ("at least 3", "many", None),
        ("at least 3", {"a": 1}, None),
        ("at least 3", [1, 2], None),
    ],
)
def test_a_test_holds_or_does_not_or_cannot_be_told(test: Any, value: Any, expected: bool | None) -> None:
    assert expected is passes(parse_test(test), value)


@given(st.integers(-1000, 1000), st.integers(0, 1000))
def test_bounds_are_those_of_arithmetic(value: int, bound: int) -> None:
    number, limit = Fraction(value), Fraction(bound)

    assert (number >= limit) is passes(parse_test(f"at least {bound}"), value)
    assert (number <= limit) is passes(parse_test(f"at most {bound}"), value)
    assert (number > limit) is passes(parse_test(f"more than {bound}"), value)
    assert (number < limit) is passes(parse_test(f"less than {bound}"), value)
    assert (number == limit) is passes(parse_test(bound), value)


def checked(folder: Path, field: str, test: str) -> list[tuple[str, str]]:
    own = f"checks: {{rules: {{limit: {{field: {field}, test: {test}, message: Too much}}}}}}"
    agreement = edited_reference(folder, ("agreement.yaml", "currency: BRL", f"currency: BRL\n{own}"))
    return [(finding.code, finding.place.source.strip()) for finding in validate(read(agreement)).findings]


def test_a_check_that_holds_is_silent(tmp_path: Path) -> None:
    assert [] == checked(tmp_path, "plan.cost_per_customer", "at most R$ 12000")


def test_a_check_that_does_not_hold_is_told_at_the_value(tmp_path: Path) -> None:
    assert [("SLA901", "cost_per_customer: at most R$ 12000")] == checked(
        tmp_path, "plan.cost_per_customer", "at most R$ 11000"
    )


def test_a_check_of_another_unit_is_told_as_such(tmp_path: Path) -> None:
    assert [("SLA901", "sql_to_opportunity: 80%")] == checked(tmp_path, "rates.sql_to_opportunity", "at least 3 months")


COMPANY = """\
format: sla/v1
agreement: Ours
stages: {lead: {team: marketing}, customer: {team: sales, is: won}}
currency: BRL
channels:
  search: {team: marketing, budget: R$ 5000 a month}
  fairs: {team: marketing, budget: R$ 900 a month}
  referral: {team: sales}
ranking:
  - {when: {channel: search}, rank: hot}
  - {otherwise: yes, rank: cold}
targets:
  lead: {all: {2027-01 to 2027-03: 80, 2027-04: 90}}
plan: {months: 2027-01 to 2027-04}
handoff: {stage: lead, channel: The queue}
"""


def told(field: str, test: str) -> list[tuple[str, str, str]]:
    """Code, marked words and note of what a check of one path says."""
    own = f"checks: {{rules: {{limit: {{field: '{field}', test: {test}, message: Not ours}}}}}}\n"
    found = []
    for finding in validate(parse(COMPANY + own)).findings:
        if finding.code in ("SLA901", "SLA102", "SLA105"):
            place = finding.place
            note = words().say(finding.note) if finding.note else ""
            found.append((finding.code, place.source[place.column - 1 : place.end_column - 1], note))
    return found


@pytest.mark.parametrize(
    ("field", "test", "marked"),
    [
        ("channels.*.budget", "at least R$ 1000 a month", ["R$ 900 a month"]),
        ("channels.*.budget", "at least R$ 100 a month", []),
        ("channels.*.budget", "at least R$ 9000 a month", ["R$ 5000 a month", "R$ 900 a month"]),
        ("channels.*.budget", "known", ["referral"]),
        ("channels.*.budget", "not known", ["R$ 5000 a month", "R$ 900 a month"]),
        ("channels.*.team", "[marketing, sales]", []),
        ("ranking.*.rank", "[hot, warm]", ["cold"]),
        ("ranking.1.rank", "hot", []),
        ("ranking.2.rank", "hot", ["cold"]),
        ("targets.lead.all.*", "at most 85", ["90"]),
        ("targets.*.all.2027-01 to 2027-03", "at most 75", ["80"]),
        ("plan.cost_per_customer", "not known", []),
        ("plan.months", "known", []),
    ],
)
def test_a_path_reaches_every_entry(field: str, test: str, marked: list[str]) -> None:
    found = told(field, test)

    assert {"SLA901"} >= {code for code, _, _ in found}
    assert marked == [text for _, text, _ in found]


def test_what_is_asked_to_be_known_is_told_at_the_nearest_line() -> None:
    assert [("SLA901", "plan", "asked for: known")] == told("plan.cost_per_customer", "known")


@pytest.mark.parametrize(
    ("field", "test", "note"),
    [
        ("plan.average_deel", "at least 3", "known here: months"),
        ("plan.cost_per_custmer", "known", "known here: months"),
        ("channels.*.bugdet", "at least 3", "did you mean budget?"),
        ("chanels.*.budget", "known", "did you mean channels?"),
        ("ranking.3.rank", "hot", "known here: 1 or 2"),
        ("ranking.0.rank", "hot", "known here: 1 or 2"),
    ],
)
def test_a_path_that_leads_nowhere_is_told(field: str, test: str, note: str) -> None:
    assert [("SLA102", note)] == [(code, said) for code, _, said in told(field, test)]


@pytest.mark.parametrize(
    ("field", "test", "note"),
    [
        ("channels.search", "at least 3", "add to its path .*, .team or .budget"),
        ("ranking", "hot", "add to its path .*, .1 or .2"),
        ("channels.*.budget", "at least 3 months", "a test compares with the same unit"),
    ],
)
def test_what_cannot_be_compared_is_told_with_a_way_out(field: str, test: str, note: str) -> None:
    found = told(field, test)

    assert {("SLA901", note)} == {(code, said) for code, _, said in found}


def test_words_that_are_almost_a_test_are_told_here_too() -> None:
    assert ("SLA105", "at lest R$ 1000 a month", "did you mean `at least R$ 1000 a month`?") in told(
        "channels.*.budget", "at lest R$ 1000 a month"
    )
