"""Ordered lists of two versions: which leads another line takes, against every lead of a small world."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from fractions import Fraction
from itertools import product
from typing import Any

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from checker.agreement import Agreement, build
from checker.agreement.conditions import Question, question
from checker.logic.criteria import evaluate
from checker.logic.proof.results import Status
from checker.logic.proof.takers import taken_elsewhere

ON = date(2027, 3, 1)
LEADS: list[dict[str, Any]] = [
    {"employees": employees, "kind": kind}
    for employees, kind in product((*map(Fraction, range(1, 6)), None), ("a", "b", None))
]
"""Every lead that the two fields allow, blanks included."""

tests = st.fixed_dictionaries(
    {},
    optional={
        "employees": st.sampled_from(["at least 2", "at most 3", "2 to 4", "more than 4", "known", "not known", 3]),
        "kind": st.sampled_from(["a", "b", "not a", "known"]),
    },
).filter(bool)
conditions = st.one_of(
    tests,
    st.builds(lambda parts: {"any": parts}, st.lists(tests, min_size=2, max_size=2)),
    st.builds(lambda parts: {"none_of": parts}, st.lists(tests, min_size=1, max_size=2)),
)
ranked = st.lists(
    st.tuples(conditions | st.none(), st.sampled_from(["hot", "warm", "cold"])),
    max_size=3,
)


def agreement_of(lines: Sequence[tuple[dict[str, Any] | None, str]]) -> Agreement:
    """An agreement whose ranking has these lines."""
    ranking = [
        {"otherwise": True, "rank": rank} if when is None else {"when": when, "rank": rank} for when, rank in lines
    ]
    values = {
        "format": "sla/v1",
        "agreement": "x",
        "stages": {"mql": {"team": "marketing"}},
        "fields": {
            "employees": {"is": "whole number", "from": 1, "to": 5},
            "kind": {"is": "one of", "values": ["a", "b"]},
        },
    }
    return build(values | ({"ranking": ranking} if ranking else {}))


def lines_of(agreement: Agreement) -> list[Question | None]:
    return [
        None if line.when is None else question(line.when, ("ranking", index, "when"))
        for index, line in enumerate(agreement.sections.ranking or [])
    ]


def taken_by(lines: Sequence[Question | None], lead: dict[str, Any], agreement: Agreement) -> int | None:
    """The line that takes a lead, found by going through them."""
    for index, line in enumerate(lines):
        if line is None or evaluate(line, lead, agreement, ON) is True:
            return index
    return None


@settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))
@given(ranked, ranked)
def test_leads_move_between_these_lines_and_no_others(old_lines, new_lines):
    """Each pair of lines is told if and only if some lead goes from the one to the other and gets another rank."""
    old, new = agreement_of(old_lines), agreement_of(new_lines)
    before, after = lines_of(old), lines_of(new)
    alike = frozenset(
        (first, second)
        for first, (_, one) in enumerate(old_lines)
        for second, (_, two) in enumerate(new_lines)
        if one == two
    )
    expected = {
        pair
        for lead in LEADS
        if (pair := (taken_by(before, lead, old), taken_by(after, lead, new))) not in alike and pair != (None, None)
    }
    found = list(taken_elsewhere(old, new, before, after, alike))

    assert expected == {(taken.old, taken.new) for taken in found}
    assert {Status.YES} >= {taken.status for taken in found}


def test_the_lead_that_is_shown_moves():
    """It is taken by the one line before and by the other after."""
    old = agreement_of([({"employees": "at least 4"}, "hot"), (None, "cold")])
    new = agreement_of([({"employees": "at least 2"}, "hot"), (None, "cold")])
    before, after = lines_of(old), lines_of(new)
    (taken,) = taken_elsewhere(old, new, before, after, frozenset({(0, 0), (1, 1)}))

    assert taken.witness is not None
    lead = dict(taken.witness.lead)
    assert (1, 0) == (taken_by(before, lead, old), taken_by(after, lead, new))
