"""Values in tests: those that their field cannot have, and those that were meant to be tests."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import Any

from checker.agreement import BUILT_IN_FIELDS, Agreement
from checker.agreement.conditions import TEST_WORDS, FieldIs, leaves, spelled
from checker.agreement.fields import Field, read_operand
from checker.finding import At, Edit, Problem, Severity
from checker.message import Message, Written, say
from checker.rules.kinds import NAMED_BY_FIELD
from checker.rules.ranges import ORDERED_KINDS
from checker.rules.references import operands
from checker.rules.rule import rule
from checker.rules.source_references import meanings
from checker.rules.suggestions import MOST_LETTERS, Suggestion, likeness, suggest

YES_OR_NO = ("yes", "no")


@rule(
    "SLA104",
    "A value that its field cannot have",
    severity=Severity.ERROR,
    since="0.1",
    bad="""
        fields:
          industry:
            is: one of
            values: [food distribution, pharma logistics, other]
          contact_consent: {is: yes or no, consent: yes}
        stages:
          mql:
            team: marketing
            all:
              - industry: [food distributors, other]   # SLA104
              - contact_consent: given                 # SLA104
        """,
    good="""
        fields:
          industry:
            is: one of
            values: [food distribution, pharma logistics, other]
          contact_consent: {is: yes or no, consent: yes}
        stages:
          mql:
            team: marketing
            all:
              - industry: [food distribution, other]
              - contact_consent: yes
        """,
)
def value_outside_list(agreement: Agreement) -> Iterator[Problem]:
    """
    A field that is `one of` a list has no other values than those. A condition that asks for another value is never
    met, so the leads that were meant are lost in silence.

    Small and capital letters do not matter, accents do. Either write a value of the list, or add the new value to the
    field's `values`. The same holds for what the `source` says that a cell of the data stands for.
    """
    for name, field in agreement.fields.items():
        if field.blank_means is not None:
            yield from _blank(name, field)
    for condition, _ in agreement.written_conditions():
        for leaf in leaves(condition):
            if isinstance(leaf, FieldIs):
                yield from _outside(agreement, leaf.field, operands(agreement, leaf))
    source = agreement.sections.source
    for name, value in ((source.leads.fields if source and source.leads else None) or {}).items():
        yield from _outside(agreement, name, meanings(("source", "leads", "fields", name), value))


def _outside(agreement: Agreement, field: str, asked: Iterable[tuple[At, Any]]) -> Iterator[Problem]:
    allowed = _allowed(agreement, field)
    if allowed is None:
        return
    folded = {value.casefold() for value in allowed}
    for at, operand in asked:
        written = spelled(operand)
        if written.casefold() not in folded:
            yield _not_in_list(at, field, written, allowed)


def _allowed(agreement: Agreement, name: str) -> tuple[str, ...] | None:
    kind = agreement.field_kind(name)
    if kind == "yes or no":
        return YES_OR_NO
    return agreement.field_values(name) if kind == "one of" else None


def _blank(name: str, field: Field) -> Iterator[Problem]:
    at, written = At(("fields", name, "blank_means")), str(field.blank_means)
    allowed = YES_OR_NO if field.is_ == "yes or no" else tuple(field.values or ())
    if allowed and written.casefold() not in {value.casefold() for value in allowed}:
        yield _not_in_list(at, name, written, allowed)
    elif not allowed and field.is_ not in NAMED_BY_FIELD and not _fits(field.is_, written):
        yield Problem(
            at,
            say(
                "`{written}` is no value of {field}, which is `{kind}`",
                written=Written(written),
                field=Written(name),
                kind=Written(field.is_),
            ),
        )


def _not_in_list(at: At, field: str, written: str, allowed: tuple[str, ...]) -> Problem:
    meant = intended_test(written)
    if meant is not None:
        suggestion = Suggestion(did_you_mean(meant), (Edit(at, written, meant),))
    else:
        suggestion = suggest(at, written, allowed)
    return Problem(
        at,
        say("{field} is never `{value}`", field=Written(field), value=Written(written)),
        note=suggestion.note,
        fixes=suggestion.fixes,
    )


def _fits(kind: str, written: Any) -> bool:
    try:
        read_operand(kind, written)
    except ValueError:
        return False
    return True


# ---------------------------------------------------------------- tests that are almost tests

_BOUNDS = ("at least", "at most", "more than", "less than")
_OTHER_WORDS = {
    ">=": "at least",
    "=>": "at least",
    "min": "at least",
    "minimum": "at least",
    "<=": "at most",
    "=<": "at most",
    "max": "at most",
    "maximum": "at most",
    "up to": "at most",
    ">": "more than",
    "over": "more than",
    "above": "more than",
    "<": "less than",
    "under": "less than",
    "below": "less than",
}
_BOUND = re.compile(
    r"(?P<words>[A-Za-z]+(?: [A-Za-z]+)?|[<>=]{1,2}) ?(?P<bound>(?:[^0-9A-Za-z]{1,2} ?|[A-Z]{1,3}\$? )?-?[0-9].*)\Z"
)
_BETWEEN = re.compile(r"between (?P<low>\S*[0-9]\S*) and (?P<high>\S*[0-9]\S*)\Z")
_FIRST_WORD = re.compile(r"(?P<words>[A-Za-z]+) (?P<rest>\S.*)\Z")
_CLOSE = 0.8
_CLOSER = 0.85
"""`container ship` is no test, so that `contains` must be almost right."""


def intended_test(written: str) -> str | None:
    """The test that a plain text was most likely meant to be: `at least 3` for `at lest 3`, `at most 5` for `max 5`."""
    if len(written) > MOST_LETTERS:
        return None
    if between := _BETWEEN.match(written):
        return f"{between['low']} to {between['high']}"
    if bound := _BOUND.match(written):
        words = bound["words"].lower()
        test = _OTHER_WORDS.get(words) or _near(words, _BOUNDS)
        return f"{test} {bound['bound']}" if test else None
    if (first := _FIRST_WORD.match(written)) and _CLOSER <= likeness(first["words"].lower(), "contains") < 1:
        return f"contains {first['rest']}"
    known = _near(written, ("known", "not known"))
    return known if written.lower() != "unknown" else None


def _near(words: str, tests: tuple[str, ...]) -> str | None:
    return next((test for test in tests if likeness(words.lower(), test) >= _CLOSE), None)


@rule(
    "SLA105",
    "Words that are almost a test",
    severity=Severity.WARNING,
    since="0.1",
    bad="""
        fields:
          job_title: {is: text}
        stages:
          mql:
            team: marketing
            any:
              - job_title: contians quality     # SLA105
              - job_title: not knwon            # SLA105
        """,
    good="""
        fields:
          job_title: {is: text}
        stages:
          mql:
            team: marketing
            any:
              - job_title: contains quality
              - job_title: not known
        """,
)
def almost_a_test(agreement: Agreement) -> Iterator[Problem]:
    """
    A test begins with one of a few words: `at least`, `at most`, `more than`, `less than`, `contains`, `not`, or is
    `known` or `not known`. Any other text is a plain value: `contians quality` would ask for a lead whose field holds
    exactly these words, and hardly any lead does. Where the field holds numbers or dates, no lead can: that is SLA309.
    """
    for condition, _ in agreement.written_conditions():
        for leaf in leaves(condition):
            if not isinstance(leaf, FieldIs) or _allowed(agreement, leaf.field) is not None:
                continue
            if agreement.field_kind(leaf.field) in (*NAMED_BY_FIELD, *ORDERED_KINDS):
                continue
            for at, operand in operands(agreement, leaf):
                meant = intended_test(operand) if isinstance(operand, str) else None
                if meant is not None and meant != operand:
                    yield _almost(at, str(operand), meant)
    checks = agreement.sections.checks
    for name, own in ((checks.rules if checks else None) or {}).items():
        meant = intended_test(own.test) if isinstance(own.test, str) else None
        if meant is not None and meant != own.test:
            yield _almost(At(("checks", "rules", name, "test")), own.test, meant)


def _almost(at: At, written: str, meant: str) -> Problem:
    return Problem(
        at,
        say("`{written}` is not a test, but a plain text", written=Written(written)),
        note=did_you_mean(meant),
        fixes=(Edit(at, written, meant, safe=True),),
    )


def did_you_mean(meant: str) -> Message:
    """The question behind a slip."""
    return say("did you mean `{guess}`?", guess=Written(meant))


_LIKE_A_TEST = re.compile(rf"(?:{'|'.join(TEST_WORDS)})(?: |\Z)")


@rule(
    "SLA106",
    "A value that reads like a test",
    severity=Severity.ERROR,
    since="0.1",
    bad="""
        fields:
          timing:
            is: one of
            values: [this year, not this year, known]   # SLA106
            bant: timeline
        """,
    good="""
        fields:
          timing:
            is: one of
            values: [this year, a later year, dated]
            bant: timeline
        """,
)
def value_like_a_test(agreement: Agreement) -> Iterator[Problem]:
    """
    A value of a field may not begin with the words of a test. `timing: not this year` would ask for every value but
    `this year`, whatever the list of values says. Choose other words for the value.
    """
    for name, field in agreement.fields.items():
        for index, value in enumerate(field.values or ()):
            if match := _LIKE_A_TEST.match(value):
                yield Problem(
                    At(("fields", name, "values", index)),
                    say(
                        "a value may not begin with `{words}`, which is a test",
                        words=Written(match[0].strip()),
                    ),
                    note=say("choose other words"),
                )


_BUILT_IN_TYPES = {
    "whole number": ("whole number",),
    "yes or no": ("yes or no",),
    "action": ("action",),
    "channel": ("channel",),
}
_NAMES_AS = ("text", "one of")


@rule(
    "SLA107",
    "A built-in field of another kind",
    severity=Severity.ERROR,
    since="0.1",
    bad="""
        fields:
          accepted: {is: text, filled_in: after handoff}   # SLA107
        """,
    good="""
        fields:
          accepted: {is: yes or no, filled_in: after handoff}
        """,
)
def built_in_field_retyped(agreement: Agreement) -> Iterator[Problem]:
    """
    Some fields are there without being declared: `stage`, `points`, `mode`, `last_action`, `return_reason`,
    `accepted`, `channel`, `persona`. An agreement may declare them to say where they are kept and when they are filled
    in. What they hold is fixed: `accepted` is always `yes or no`, `points` always a `whole number`, `last_action` an
    `action`, `channel` a `channel`; the others hold names, so `text` or `one of` fits.
    """
    for name, field in agreement.fields.items():
        built_in = BUILT_IN_FIELDS.get(name)
        if built_in is None:
            continue
        fitting = _BUILT_IN_TYPES.get(built_in, _NAMES_AS)
        if field.is_ not in fitting:
            at = At(("fields", name, "is"))
            yield Problem(
                at,
                say("{field} always holds {kind}", field=Written(name), kind=Written(built_in)),
                note=say("write {type}", type=Written(fitting[0])),
                fixes=(Edit(at, field.is_, fitting[0], safe=len(fitting) == 1),),
            )
