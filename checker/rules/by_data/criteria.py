"""Rules about fields and conditions that the data cannot answer, or answers always in one way."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction

from checker.agreement import Agreement
from checker.finding import At, Because, Choice, Path, Problem, Severity
from checker.logic.plan_names import stage_label
from checker.message import Message, Written, say, say_counted
from checker.observed import Filling, Observed
from checker.quantity import Month, Share
from checker.rules.by_data.enough import is_enough
from checker.rules.by_data.names import LISTS, ways_out, with_examples
from checker.rules.rule import DATA, rule

BUILT_IN_LISTS = {"persona": "personas", "mode": "modes", "action": "actions", "stage": "stages"}
"""Kind of a built-in field -> the section with its values."""


@rule(
    "SLA340",
    "A condition on a field that is mostly blank",
    severity=Severity.WARNING,
    since="0.1",
    needs=(DATA,),
    data="""
        leads, became_mql, employees
        10, 2027-01-12, 50
        12, 2027-02-03, 80
        60, 2027-02-20,
        """,
    bad="""
        fields: {employees: {is: whole number}}
        stages:
          lead: {team: marketing}
          mql:
            team: marketing
            employees: at least 20         # SLA340
          customer: {team: sales, is: won}
        """,
    good="""
        fields: {employees: {is: whole number}}
        stages:
          lead: {team: marketing}
          mql: {team: marketing}
          customer: {team: sales, is: won}
        """,
)
def mostly_blank(agreement: Agreement, observed: Observed) -> Iterator[Problem]:
    """
    A blank is neither yes nor no: of a lead whose field is blank nobody can tell whether it meets the condition. Where
    most leads of a stage are like that, the definition is not what makes them leads of that stage; something else does,
    and both teams talk about different leads.

    Told where more than half of the leads that reached the stage are blank, in all of the data or in all months since
    some month; of at least 30 leads. Where it has changed for the better, since when is told beside it. Fields that may
    be blank (`optional`, `blank_means`) are let pass. A field that is blank in all of the data has a finding of its
    own.
    """
    by_field: dict[str, list[tuple[Path, _Blank]]] = {}
    for filling in observed.filling:
        blank = _mostly(filling)
        if filling.field not in observed.blank and blank is not None:
            for path in _lines(agreement, filling.stage, filling.field):
                by_field.setdefault(filling.field, []).append((path, blank))
    for name, found in by_field.items():
        (path, first), *others = found
        elsewhere = {other: blank.stage for other, blank in others if other != path}
        yield Problem(
            At(path),
            _mostly_blank(agreement, name, first),
            because=tuple(
                Because(At(other), say("asked here too, for {stage}", stage=stage_label(agreement, stage)))
                for other, stage in elsewhere.items()
            ),
            follows=() if first.by_now is None else (_by_now(first.by_now),),
            choices=(
                Choice(say("have {field} filled in, or asked for in the form", field=Written(name))),
                Choice(
                    say(
                        "if a blank has a meaning, write it under {field}: {key}",
                        field=Written(name),
                        key=Written("blank_means"),
                    )
                ),
                Choice(say("or ask for something that is known of most leads")),
            ),
        )


@dataclass(frozen=True, slots=True)
class _Blank:
    """A field that is mostly blank at a stage: in how many of how many leads, since when (None: always).

    `by_now` is set where it has been filled in by most since some month: that month, known, leads.
    """

    stage: str
    since: Month | None
    blank: int
    leads: int
    by_now: tuple[Month, int, int] | None = None


def _mostly(filling: Filling) -> _Blank | None:
    """How often the field is blank, where it mostly is: of late, or in all of the data; None where it is not, or where
    there are too few leads.
    """
    months = sorted(filling.months.items())
    lately: list[tuple[Month, int, int]] = []
    was_blank = None
    for month, (blank, leads) in reversed(months):
        is_blank = 2 * blank > leads
        if was_blank is not None and is_blank is not was_blank:
            break
        was_blank = is_blank
        lately.append((month, blank, leads))
    blank, leads = sum(blank for _, blank, _ in lately), sum(leads for *_, leads in lately)
    if was_blank and is_enough(leads):
        return _Blank(filling.stage, None if len(lately) == len(months) else lately[-1][0], blank, leads)
    by_now = None if was_blank or not lately else (lately[-1][0], leads - blank, leads)
    blank, leads = sum(blank for _, (blank, _) in months), sum(leads for _, (_, leads) in months)
    return _Blank(filling.stage, None, blank, leads, by_now) if is_enough(leads) and 2 * blank > leads else None


def _mostly_blank(agreement: Agreement, field: str, found: _Blank) -> Message:
    stage, share = stage_label(agreement, found.stage), Share(Fraction(found.blank, found.leads))
    if found.since is None:
        return say_counted(
            "{field} is blank in {blank} of {count} lead that reached {stage} ({share}): of those nobody can tell "
            "whether they meet this",
            "{field} is blank in {blank} of {count} leads that reached {stage} ({share}): of those nobody can tell "
            "whether they meet this",
            count=found.leads,
            field=Written(field),
            blank=found.blank,
            stage=stage,
            share=share,
        )
    return say_counted(
        "since {month} {field} is blank in {blank} of {count} lead that reached {stage} ({share}): of those nobody "
        "can tell whether they meet this",
        "since {month} {field} is blank in {blank} of {count} leads that reached {stage} ({share}): of those nobody "
        "can tell whether they meet this",
        count=found.leads,
        month=found.since,
        field=Written(field),
        blank=found.blank,
        stage=stage,
        share=share,
    )


def _by_now(by_now: tuple[Month, int, int]) -> Message:
    month, known, leads = by_now
    return say("since {month} it is filled in for {known} of {leads}", month=month, known=known, leads=leads)


def _lines(agreement: Agreement, stage: str, field: str) -> list[Path]:
    """Where the conditions of a stage ask for a field."""
    tests = agreement.reached(agreement.named_conditions[stage])
    return [test.path for test in tests if test.field == field]


@rule(
    "SLA341",
    "A field that nobody fills in",
    severity=Severity.WARNING,
    since="0.1",
    needs=(DATA,),
    data="""
        leads, became_mql, employees, budget
        45, 2027-01-12, 50,
        """,
    bad="""
        fields:
          employees: {is: whole number}
          budget: {is: number}             # SLA341
        """,
    good="""
        fields:
          employees: {is: whole number}
          budget: {is: number, optional: yes}
        """,
)
def never_filled_in(agreement: Agreement, observed: Observed) -> Iterator[Problem]:
    """
    A field that is blank in every lead of the data tells nothing: conditions on it can never be met, and whoever hands
    over a lead promises something that is not there. Perhaps the source reads the wrong column.

    Told of fields that the source reads and that may not be blank (`optional`, `blank_means`), from 30 leads on; of
    what is filled in after the handoff, from 30 handed-over leads on.
    """
    for name, leads in observed.blank.items():
        if not is_enough(leads):
            continue
        asked = list(dict.fromkeys(_asking(agreement, name)))
        yield Problem(
            At(("fields", name), "key"),
            say_counted(
                "{field} is blank in the {count} lead that could have it",
                "{field} is blank in all {count} leads that could have it",
                count=leads,
                field=Written(name),
            ),
            because=tuple(Because(At(path), say("asked for here")) for path in asked[:3]),
            choices=(
                Choice(say("look whether the source reads the right column")),
                Choice(say("if a blank is an answer, write {key}", key=Written("optional: yes"))),
                Choice(say("or delete the field, and what asks for it")),
            ),
        )


def _asking(agreement: Agreement, field: str) -> Iterator[Path]:
    for condition, _ in agreement.written_conditions():
        for test in agreement.reached(condition):
            if test.field == field:
                yield test.path


@rule(
    "SLA342",
    "A promise about leads that do not exist",
    severity=Severity.WARNING,
    since="0.1",
    needs=(DATA,),
    data="""
        leads, became_mql, handed_off, sector
        45, 2027-01-12, 2027-01-13, food
        """,
    bad="""
        fields: {sector: {is: one of, values: [food, pharma]}}
        handoff: {stage: mql, channel: The queue}
        sales_promises:
          pharma-first:
            promise: Call pharma leads first
            starts: handed_off
            stops: handed_off
            within: 1 day
            target: 90%
            only: {sector: pharma}         # SLA342
        """,
    good="""
        fields: {sector: {is: one of, values: [food, pharma]}}
        handoff: {stage: mql, channel: The queue}
        sales_promises:
          food-first:
            promise: Call food leads first
            starts: handed_off
            stops: handed_off
            within: 1 day
            target: 90%
            only: {sector: food}
        """,
)
def nobody_fits(agreement: Agreement, observed: Observed) -> Iterator[Problem]:
    """
    A promise that is about no lead is kept by doing nothing. It looks like a promise on the wall, and says nothing.

    Told where none of at least 30 leads that came to the start of the promise fits its `only`. Leads of which the data
    does not tell it are counted with them, and named.
    """
    promises = {promise.id: promise for promise in agreement.promises()}
    for audience in observed.audiences:
        promise = promises[audience.promise]
        if audience.fitting or not is_enough(audience.leads) or promise.only is None:
            continue
        follows = (
            (
                say_counted(
                    "of {count} of them the data does not say it",
                    "of {count} of them the data does not say it",
                    count=audience.untold,
                ),
            )
            if audience.untold
            else ()
        )
        yield Problem(
            At(promise.only.path),
            say_counted(
                "not one of {count} lead is one that this promise is about",
                "not one of {count} leads is one that this promise is about",
                count=audience.leads,
            ),
            follows=follows,
            choices=(
                Choice(say("look whether the data writes these values in another way")),
                Choice(say("or widen the condition, or delete the promise")),
            ),
        )


@rule(
    "SLA343",
    "Leads with a value that a field's list does not know",
    severity=Severity.WARNING,
    since="0.1",
    needs=(DATA,),
    data="""
        leads, became_mql, sector
        40, 2027-01-12, food
        7, 2027-02-03, pharmacy
        """,
    bad="""
        fields:
          sector:
            is: one of
            values: [food, pharma]         # SLA343
        """,
    good="""
        fields:
          sector:
            is: one of
            values: [food, pharma, pharmacy]
        """,
)
def unknown_values(agreement: Agreement, observed: Observed) -> Iterator[Problem]:
    """
    A lead whose value is on no list meets none of the conditions that ask for one of the list, however well it would
    fit: it is not handed over, or goes to the wrong seller. `pharmacy` is not `pharma`.

    Either the value is missing on the list, or the source has to say which value of the list it stands for
    (`values:`). One finding a field, with the values that most leads have.
    """
    for strangers in observed.strangers:
        if strangers.about in LISTS:
            continue
        known: Sequence[str] = agreement.field_values(strangers.about) or ()
        told = say_counted(
            "{count} lead has a value of {field} that is not on its list",
            "{count} leads have a value of {field} that is not on its list",
            count=strangers.leads,
            field=Written(strangers.about),
        )
        yield Problem(
            _list_of(agreement, strangers.about),
            with_examples(told, strangers),
            choices=tuple(ways_out(strangers, known, say("write it on the list"))),
        )


def _list_of(agreement: Agreement, name: str) -> At:
    """Where the list of a field's values stands: its own, or the section that it is one of."""
    field = agreement.fields.get(name)
    if field is None:
        return At((BUILT_IN_LISTS.get(agreement.field_kind(name) or "", "fields"),), "key")
    return At(("fields", name), "key") if field.values is None else At(("fields", name, "values"))
