"""BANT: budget, authority, need, timeline, each with its field, its return reason and a next step."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import get_args

from checker.agreement import Agreement
from checker.agreement.fields import Bant
from checker.finding import At, Problem, Severity
from checker.message import Written, all_of, say
from checker.rules.rule import rule

LETTERS: tuple[str, ...] = get_args(Bant)


@rule(
    "SLA314",
    "A BANT question without its field, reason or next step",
    severity=Severity.WARNING,
    since="0.1",
    needs=("fields", "return_reasons"),
    bad="""
        fields:
          budget: {is: one of, values: [confirmed, none], bant: budget, filled_in: after handoff}   # SLA314
          need: {is: one of, values: [confirmed, none], bant: need, filled_in: after handoff}
          timeline: {is: months, bant: timeline, filled_in: after handoff}
        return_reasons:
          no_budget: {found: after accepting, bant: budget, back_to: marketing, then: nurture}      # SLA314
          no_need: {found: after accepting, bant: need, back_to: nobody, then: close}
          too_early:
            found: after accepting
            bant: timeline
            back_to: marketing
            then: nurture
            come_back_after: 60 days
        """,
    good="""
        fields:
          budget: {is: one of, values: [confirmed, none], bant: budget, filled_in: after handoff}
          authority: {is: one of, values: [decides, no part], bant: authority, filled_in: after handoff}
          need: {is: one of, values: [confirmed, none], bant: need, filled_in: after handoff}
          timeline: {is: months, bant: timeline, filled_in: after handoff}
        return_reasons:
          no_budget:
            found: after accepting
            bant: budget
            back_to: marketing
            then: nurture
            come_back_after: 90 days
          wrong_person: {found: after accepting, bant: authority, back_to: sales, then: find contact}
          no_need: {found: after accepting, bant: need, back_to: nobody, then: close}
          too_early:
            found: after accepting
            bant: timeline
            back_to: marketing
            then: nurture
            come_back_after: 60 days
        """,
)
def bant_with_a_hole(agreement: Agreement) -> Iterator[Problem]:
    """
    BANT is four questions: is there a budget, does this person decide, is there a need, and by when. Each needs a field
    in which the answer is noted, a reason to return the lead when the answer is no, and a next step: nobody nurtures a
    lead for which no day to come back is written. A question that lacks one of them is asked by some sellers and not by
    others, and its no looks like any other return.

    An agreement that does not work with BANT marks no fields and no reasons with `bant:`, and nothing is asked of it.
    """
    fields = {name: field.bant for name, field in agreement.fields.items() if field.bant is not None}
    reasons = agreement.sections.return_reasons or {}
    answered = {name: reason.bant for name, reason in reasons.items() if reason.bant is not None}
    if _several(fields) and (lacking := [letter for letter in LETTERS if letter not in fields.values()]):
        yield Problem(
            At(("fields", next(iter(fields))), "key"),
            say("no field holds the answer to {letters}, but other BANT questions have one", letters=all_of(lacking)),
            note=say("mark their fields with {keys}", keys=all_of([f"bant: {letter}" for letter in lacking])),
        )
    if _several(answered) and (lacking := [letter for letter in LETTERS if letter not in answered.values()]):
        # a letter that no field holds either is one hole, told once
        lacking = [letter for letter in lacking if letter in fields.values() or not fields]
        if lacking:
            yield Problem(
                At(("return_reasons", next(iter(answered))), "key"),
                say("no reason to return a lead says no to {letters}", letters=all_of(lacking)),
                note=say("mark it with {keys}", keys=all_of([f"bant: {letter}" for letter in lacking])),
            )
    for name, reason in reasons.items():
        if reason.bant is not None and reason.then == "nurture" and reason.come_back_after is None:
            yield Problem(
                At(("return_reasons", name, "then")),
                say(
                    "{reason} says no to {letter} and names no day to ask again",
                    reason=Written(name),
                    letter=Written(reason.bant),
                ),
                note=say("add {key}", key=Written("come_back_after: 90 days")),
            )


def _several(letters: Mapping[str, str]) -> bool:
    """Whether the questions are asked at all: one marked field alone is no BANT."""
    return len(set(letters.values())) > 1
