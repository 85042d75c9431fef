"""How tests of a field are read."""

from __future__ import annotations

import pytest

from checker.agreement.conditions import Kind, Operand, parse_test


@pytest.mark.parametrize(
    ("written", "kind", "operands"),
    [
        ("at least 3", Kind.AT_LEAST, ("3",)),
        ("at most 90 days", Kind.AT_MOST, ("90 days",)),
        ("more than R$ 50000", Kind.MORE_THAN, ("R$ 50000",)),
        ("less than 2.5", Kind.LESS_THAN, ("2.5",)),
        ("50 to 2000", Kind.BETWEEN, ("50", "2000")),
        ("R$ 20000 to R$ 30000", Kind.BETWEEN, ("R$ 20000", "R$ 30000")),
        ("10 days to 20 days", Kind.BETWEEN, ("10 days", "20 days")),
        ("2027-01-01 to 2027-03-31", Kind.BETWEEN, ("2027-01-01", "2027-03-31")),
        ("Room 1 to Room 5", Kind.ONE_OF, ("Room 1 to Room 5",)),
        ("door to door", Kind.ONE_OF, ("door to door",)),
        ("known", Kind.KNOWN, ()),
        ("not known", Kind.NOT_KNOWN, ()),
        ("not yes", Kind.NOT_ONE_OF, (True,)),
        ("contains quality", Kind.CONTAINS, ("quality",)),
        (["Brazil", "Portugal"], Kind.ONE_OF, ("Brazil", "Portugal")),
        (False, Kind.ONE_OF, (False,)),
        ("at least", Kind.ONE_OF, ("at least",)),
    ],
)
def test_a_test_is_read_by_its_first_words(
    written: Operand | list[Operand], kind: Kind, operands: tuple[Operand, ...]
) -> None:
    test = parse_test(written)

    assert (kind, operands) == (test.kind, test.operands)
