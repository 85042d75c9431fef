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
from checker.review.validate import validate
from checker.rules.own_rules import passes
from checker.text import read
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
