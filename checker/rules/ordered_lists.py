"""Lists of which the first line that fits wins: leads that no line takes, and lines that no lead gets to."""

from __future__ import annotations

from collections.abc import Iterator

from checker.agreement import Agreement
from checker.agreement.base import as_list
from checker.agreement.conditions import AllOf, FieldIs, FieldTest, Kind, Question
from checker.finding import At, Because, Path, Problem, Severity
from checker.logic.leads_in_words import lead_in_words, traits_as_values
from checker.logic.proof import Witness, prover_of
from checker.message import Message, Written, say, say_counted
from checker.rules.condition_owners import nobody_fits
from checker.rules.doubtful import VOCABULARY, asks_doubtful
from checker.rules.ordered_lines import Line, ListOf, OrderedList, ordered_lists
from checker.rules.rule import rule
from checker.rules.traits_that_tell import that_tell


@rule(
    "SLA305",
    "Leads without a rank",
    severity=Severity.ERROR,
    since="0.1",
    needs=VOCABULARY,
    bad="""
        fields:
          employees: {is: whole number}
        ranking:                                               # SLA305
          - {when: {employees: at least 500}, rank: large}
          - {when: {employees: 50 to 400}, rank: medium}
        """,
    good="""
        fields:
          employees: {is: whole number}
        ranking:
          - {when: {employees: at least 500}, rank: large}
          - {when: {employees: 50 to 400}, rank: medium}
          - {otherwise: yes, rank: other}
        """,
)
def leads_without_rank(agreement: Agreement) -> Iterator[Problem]:
    """
    A lead that fits no line of the ranking has no rank, and nobody knows what to do with it. The finding shows such a
    lead. Where it is one of which something is not noted, every line asks for what nobody may know: a blank fits
    neither a test nor its opposite.

    A last line with `otherwise: yes` takes every lead that is left.
    """
    yield from _gaps(agreement, ListOf.RANKS)


@rule(
    "SLA317",
    "Leads that no seller gets",
    severity=Severity.ERROR,
    since="0.1",
    needs=VOCABULARY,
    bad="""
        people:
          ana: {name: Ana, team: sales}
          caio: {name: Caio, team: sales}
        sellers:
          ana: {stand_in: caio}
          caio: {}
        if_all_are_away: ana
        fields:
          state: {is: one of, values: [PR, SP, other]}
        handoff:
          stage: mql
          channel: The queue
          routing:                           # SLA317
            - {when: {state: PR}, to: ana}
            - {when: {state: SP}, to: caio}
        """,
    good="""
        people:
          ana: {name: Ana, team: sales}
          caio: {name: Caio, team: sales}
        sellers:
          ana: {stand_in: caio}
          caio: {}
        if_all_are_away: ana
        fields:
          state: {is: one of, values: [PR, SP, other]}
        handoff:
          stage: mql
          channel: The queue
          routing:
            - {when: {state: PR}, to: ana}
            - {when: {state: SP}, to: caio}
            - {otherwise: yes, to: ana}
        """,
)
def leads_without_seller(agreement: Agreement) -> Iterator[Problem]:
    """
    A lead that fits no line of the routing is handed over to nobody, and the promised response time runs all the same.
    The finding shows such a lead; only those are looked at that fit the stage of the handoff.

    A last line with `otherwise: yes` gives every lead that is left to someone.
    """
    yield from _gaps(agreement, ListOf.SELLERS)


@rule(
    "SLA321",
    "Leads without a deadline",
    severity=Severity.ERROR,
    since="0.1",
    needs=VOCABULARY,
    bad="""
        fields:
          employees: {is: whole number}
        sales_promises:
          first-response:
            promise: Contact every new lead
            starts: handed_off
            stops: first_personal_contact
            target: 90%
            within:                          # SLA321
              - {name: large, when: {employees: at least 500}, time: 1 hour}
              - {name: small, when: {employees: less than 500}, time: 4 hours}
        """,
    good="""
        fields:
          employees: {is: whole number}
        sales_promises:
          first-response:
            promise: Contact every new lead
            starts: handed_off
            stops: first_personal_contact
            target: 90%
            within:
              - {name: large, when: {employees: at least 500}, time: 1 hour}
              - {name: small, otherwise: yes, time: 4 hours}
        """,
)
def leads_without_deadline(agreement: Agreement) -> Iterator[Problem]:
    """
    A promise with several deadlines gives each lead the first that fits. A lead that fits none has no deadline: nobody
    can be late with it, and it is in no result. The finding shows such a lead; only those are looked at that the
    promise is about (`only`) and that fit the stage at which its clock starts.

    Leads that are meant to be left out belong into `only`; else a last line with `otherwise: yes` takes what is left.
    """
    yield from _gaps(agreement, ListOf.DEADLINES)


def _gaps(agreement: Agreement, of: ListOf) -> Iterator[Problem]:
    prover = prover_of(agreement)
    for ordered in ordered_lists(agreement):
        if ordered.of is not of or ordered.takes_the_rest or not _can_be_judged(agreement, ordered):
            continue
        result = prover.gap([line.when for line in ordered.lines], _given(ordered))
        if result.is_yes and result.witness is not None:
            yield Problem(
                At(ordered.path, "key"),
                _missing(agreement, ordered, result.witness),
                note=say("all others fit a line; a last one with {key} takes these too", key=Written("otherwise: yes"))
                if result.witness.has_blank
                else say("add a last line with {key}", key=Written("otherwise: yes")),
                witness=traits_as_values(result.witness, agreement),
            )


def _missing(agreement: Agreement, ordered: OrderedList, witness: Witness) -> Message:
    lead = lead_in_words(that_tell(agreement, witness, [line.when for line in ordered.lines]), agreement)
    if ordered.of is ListOf.RANKS:
        return say("{lead} has no rank", lead=lead)
    if ordered.promise is None:
        return say("{lead} goes to no seller", lead=lead)
    return say("{lead} has no deadline in {promise}", lead=lead, promise=Written(ordered.promise.id))


def _can_be_judged(agreement: Agreement, ordered: OrderedList) -> bool:
    """Whether leads get to the list at all, and its lines mean what they say: else another rule speaks first."""
    given = _given(ordered)
    if asks_doubtful(agreement, [given, *(line.when for line in ordered.lines)]):
        return False
    return given is None or prover_of(agreement).satisfiable(given).is_yes


def _given(ordered: OrderedList) -> AllOf | None:
    """What every lead that gets to the list fits."""
    if not ordered.given:
        return None
    return ordered.given[0] if len(ordered.given) == 1 else AllOf(ordered.given, ordered.path)


# ---------------------------------------------------------------- lines that are never reached


@rule(
    "SLA306",
    "A line that no lead gets to",
    severity=Severity.ERROR,
    since="0.1",
    needs=VOCABULARY,
    bad="""
        fields:
          employees: {is: whole number}
          country: {is: one of, values: [Brazil, other]}
        ranking:
          - {when: {employees: at least 20}, rank: hot}                       # because
          - {when: {employees: at least 50, country: Brazil}, rank: hottest}  # SLA306
          - {otherwise: yes, rank: cold}                                      # because
          - {when: {country: other}, rank: abroad}                            # SLA306
        """,
    good="""
        fields:
          employees: {is: whole number}
          country: {is: one of, values: [Brazil, other]}
        ranking:
          - {when: {employees: at least 50, country: Brazil}, rank: hottest}
          - {when: {employees: at least 20}, rank: hot}
          - {when: {country: other}, rank: abroad}
          - {otherwise: yes, rank: cold}
        """,
)
def line_never_reached(agreement: Agreement) -> Iterator[Problem]:
    """
    In a list the first line that fits wins. A line below others that take all of its leads is never used: the rank,
    the seller or the deadline that it names is given to nobody. Put the narrower line first, or delete it. The lines
    that win are named; for the routing and for deadlines this may also be the condition of the handoff's stage or of
    the promise, which lets no such lead through.
    """
    prover = prover_of(agreement)
    for ordered in ordered_lists(agreement):
        rest = next((index for index, line in enumerate(ordered.lines) if line.when is None), None)
        lines = [line.when for line in ordered.lines]
        can_be_judged = _can_be_judged(agreement, ordered)
        for index, line in enumerate(ordered.lines):
            if rest is not None and index > rest:
                yield _after_the_rest(agreement, ordered, index, ordered.lines[rest])
            elif line.when is not None and can_be_judged and prover.satisfiable(line.when).is_yes:
                result = prover.shadowed(lines, index, _given(ordered))
                if result.is_yes:
                    yield _shadowed(agreement, ordered, index, result.conflict)


def _after_the_rest(agreement: Agreement, ordered: OrderedList, index: int, rest: Line) -> Problem:
    line = ordered.lines[index]
    return Problem(
        line.at,
        say("{nobody}: the lines above take every lead", nobody=_nobody(agreement, ordered, line)),
        note=say("put it above the line with {key}", key=Written("otherwise")),
        because=(Because(rest.at, say("takes every lead that is left")),),
    )


def _shadowed(agreement: Agreement, ordered: OrderedList, index: int, conflict: tuple[Path, ...]) -> Problem:
    line = ordered.lines[index]
    earlier = [
        above for above in ordered.lines[:index] if above.when is not None and _leads_to(agreement, above, conflict)
    ]
    asked_before = {leaf.path for node in ordered.given for leaf in agreement.reached(node)}
    given = [path for path in conflict if path in asked_before]
    nobody = _nobody(agreement, ordered, line)
    if not earlier:
        return Problem(
            line.at,
            say("{nobody}: what is asked before excludes them", nobody=nobody),
            because=tuple(Because(At(path)) for path in given),
        )
    return Problem(
        line.at,
        say_counted(
            "{nobody}: a line above takes them all",
            "{nobody}: {count} lines above take them all",
            count=len(earlier),
            nobody=nobody,
        ),
        note=say("put it above, or delete it"),
        because=(*(Because(above.at, _wins(above)) for above in earlier), *(Because(At(path)) for path in given)),
    )


def _wins(above: Line) -> Message:
    return say("wins before it: {name}", name=Written(above.gives))


def _leads_to(agreement: Agreement, line: Line, conflict: tuple[Path, ...]) -> bool:
    """Whether a line's own tests, or those of a group that it names, are part of a conflict."""
    if line.when is None:
        return False
    own = {leaf.path for leaf in agreement.reached(line.when)}
    inside = any(path[: len(line.when.path)] == line.when.path for path in conflict)
    return inside or not own.isdisjoint(conflict)


def _nobody(agreement: Agreement, ordered: OrderedList, line: Line) -> Message:
    """What the line gives to nobody."""
    path: Path = (*line.path, "recognised_by") if ordered.of is ListOf.PERSONAS else line.path
    return nobody_fits(agreement, path)


# ---------------------------------------------------------------- a seller who is not noted


@rule(
    "SLA325",
    "Leads for a seller whom nobody noted",
    severity=Severity.ERROR,
    since="0.1",
    needs=VOCABULARY,
    bad="""
        people:
          ana: {name: Ana, team: sales}
        sellers:
          ana: {}
        if_all_are_away: ana
        fields:
          country: {is: one of, values: [Brazil, other]}
          account_seller: {is: seller, optional: yes}
        handoff:
          stage: mql
          channel: The queue
          routing:
            - {when: {country: Brazil}, to: account_seller}    # SLA325
            - {otherwise: yes, to: ana}
        """,
    good="""
        people:
          ana: {name: Ana, team: sales}
        sellers:
          ana: {}
        if_all_are_away: ana
        fields:
          country: {is: one of, values: [Brazil, other]}
          account_seller: {is: seller, optional: yes}
        handoff:
          stage: mql
          channel: The queue
          routing:
            - {when: {country: Brazil, account_seller: known}, to: account_seller}
            - {otherwise: yes, to: ana}
        """,
)
def seller_not_noted(agreement: Agreement) -> Iterator[Problem]:
    """
    A line of the routing may give leads to the seller that a field of the lead holds. Where that field is blank, the
    line still wins and there is nobody: the lead waits in the queue. Let the line ask that the field is `known`; the
    other leads then fall through to the next line.
    """
    prover = prover_of(agreement)
    routes = (agreement.sections.handoff.routing if agreement.sections.handoff else None) or []
    for ordered in ordered_lists(agreement):
        if ordered.of is not ListOf.SELLERS or not _can_be_judged(agreement, ordered):
            continue
        for index, (line, route) in enumerate(zip(ordered.lines, routes, strict=True)):
            for name in as_list(route.to):
                if agreement.field_kind(name) != "seller" or _asks_for_a_value(line, name):
                    continue
                blank = FieldIs(name, FieldTest(Kind.NOT_KNOWN, (), "not known"), (*line.path, "to"))
                asked: list[Question] = [*ordered.given, *([line.when] if line.when else []), blank]
                above = [earlier.when for earlier in ordered.lines[:index]]
                result = prover.gap(above, AllOf(tuple(asked), line.path))
                if result.is_yes and result.witness is not None:
                    telling = that_tell(agreement, result.witness, [*above, line.when, blank])
                    yield Problem(
                        At((*line.path, "to")),
                        say("{lead} goes to nobody", lead=lead_in_words(telling, agreement)),
                        note=say("let the line ask for {test}", test=Written(f"{name}: known")),
                        witness=traits_as_values(result.witness, agreement),
                    )


def _asks_for_a_value(line: Line, field: str) -> bool:
    """Whether the line itself says that the field is noted, so that nothing need be proved."""
    parts = line.when.parts if line.when is not None else ()
    return any(
        isinstance(part, FieldIs) and part.field == field and part.test.kind in (Kind.KNOWN, Kind.ONE_OF)
        for part in parts
    )
