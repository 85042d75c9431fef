"""Criteria that ask for what nobody can know yet."""

from __future__ import annotations

from collections.abc import Iterator

from checker.agreement import Agreement
from checker.agreement.conditions import AllOf, AnyOf, AtLeastOf, FieldIs, Meets, NoneOf, Question
from checker.agreement.events import became
from checker.finding import At, Because, Path, Problem, Severity
from checker.logic.criteria import meaning_of_blank, passes
from checker.logic.known_when import is_filled_in_later
from checker.logic.three_valued import Answer
from checker.message import Message, Written, all_of, say
from checker.rules.rule import rule


@rule(
    "SLA313",
    "A criterion on what is only known after the handoff",
    severity=Severity.ERROR,
    since="0.1",
    needs=("fields", "groups", "handoff", "stages"),
    bad="""
        fields:
          employees: {is: whole number}
          bant_budget: {is: one of, values: [confirmed, none], filled_in: after handoff}    # because
        stages:
          lead: {team: marketing}
          mql:
            team: marketing
            all:
              - employees: at least 50
              - bant_budget: confirmed                                                      # SLA313
        handoff:
          stage: mql
          channel: The queue
        """,
    good="""
        fields:
          employees: {is: whole number}
          bant_budget: {is: one of, values: [confirmed, none], filled_in: after handoff}
        stages:
          lead: {team: marketing}
          mql:
            team: marketing
            employees: at least 50
          sql:
            team: sales
            bant_budget: confirmed
        handoff:
          stage: mql
          channel: The queue
        """,
)
def needs_what_is_known_later(agreement: Agreement) -> Iterator[Problem]:
    """
    Some fields are filled in after the handoff, by sales. A stage up to the handoff that needs such a field never has
    its answer in time: no new lead gets there. The same holds for the choice of the seller, and for a deadline that is
    chosen when the lead is handed over. Ask for it at a later stage, or let marketing ask for it in a form
    (`filled_in: before handoff`).

    A condition that can be met without the field is fine: a lead that comes back and is handed over again may have it.
    """
    handoff = agreement.sections.handoff
    order = list(agreement.stages)
    if handoff is None or handoff.stage not in order:
        return
    up_to_handoff = order[: order.index(handoff.stage) + 1]
    told: set[Path] = set()
    for condition in _decided_by_then(agreement, up_to_handoff):
        for problem in _too_early(agreement, condition):
            if isinstance(problem.at, At) and problem.at.path not in told:
                told.add(problem.at.path)
                yield problem


def _decided_by_then(agreement: Agreement, up_to_handoff: list[str]) -> Iterator[AllOf]:
    """The conditions that are put to a lead at the handoff or earlier: of stages, of the routing, of deadlines."""
    starts = {"handed_off", *map(became, up_to_handoff)}
    for condition, path in agreement.written_conditions():
        promise = agreement.promise(str(path[1])) if len(path) > 1 else None
        clock = promise.clock if promise is not None and path[0] == promise.path[0] else None
        if (
            (path[0] == "stages" and path[1] in up_to_handoff)
            or path[:2] == ("handoff", "routing")
            or (clock is not None and path[2] == "within" and clock.starts in starts)
        ):
            yield condition


def _too_early(agreement: Agreement, condition: AllOf) -> Iterator[Problem]:
    """The tests without which the condition cannot be met while their field is still blank."""
    name = _owner(condition.path)
    later = [leaf for leaf in agreement.reached(condition) if is_filled_in_later(agreement, leaf.field)]
    needed = [leaf for leaf in later if not _can_hold(agreement, condition, {leaf.field})]
    for leaf in needed:
        yield Problem(
            At(leaf.path),
            say(
                "{owner} needs {field}, which is filled in after the handoff",
                owner=name,
                field=Written(leaf.field),
            ),
            because=tuple(_filled_in(agreement, leaf.field)),
        )
    if not needed and later and not _can_hold(agreement, condition, {leaf.field for leaf in later}):
        first, *others = later
        yield Problem(
            At(first.path),
            say(
                "{owner} needs some of {fields}, which are filled in after the handoff",
                owner=name,
                fields=all_of(tuple(dict.fromkeys(leaf.field for leaf in later))),
            ),
            because=tuple(Because(At(leaf.path)) for leaf in others),
        )


def _owner(path: Path) -> Message:
    """What is decided by the condition at a path."""
    if path[0] == "handoff":
        return say("this line of the routing")
    return say("{name}", name=Written(str(path[1]))) if path[0] == "stages" else say("this deadline")


def _filled_in(agreement: Agreement, name: str) -> Iterator[Because]:
    if name in agreement.fields:
        yield Because(At(("fields", name, "filled_in")), say("filled in after the handoff"))


# ---------------------------------------------------------------- what can still be answered


def _can_hold(agreement: Agreement, condition: AllOf, blank: set[str]) -> bool:
    """Whether a lead may surely meet a condition while these fields are blank, whatever it is in all others.

    The other tests are taken as independent of each other, so that this errs only towards yes.
    """
    return _may(True, agreement, condition, blank, frozenset())


def _may(wanted: bool, agreement: Agreement, node: Question, blank: set[str], open_names: frozenset[str]) -> bool:
    """Whether the answer to a question may be a sure yes (or a sure no)."""
    match node:
        case FieldIs():
            return node.field not in blank or _while_blank(agreement, node) is wanted
        case Meets():
            named = agreement.named_conditions.get(node.name)
            if named is None or node.name in open_names:
                return True
            return _may(wanted, agreement, named, blank, open_names | {node.name})
    asked = wanted is not isinstance(node, NoneOf)
    count = sum(_may(asked, agreement, part, blank, open_names) for part in node.parts)
    needed = len(node.parts)
    match node:
        case AllOf():
            return count == needed if wanted else count > 0
        case AnyOf():
            return count > 0 if wanted else count == needed
        case NoneOf():
            return count == needed if wanted else count > 0
        case AtLeastOf():
            return count >= node.count if wanted else count > needed - node.count


def _while_blank(agreement: Agreement, leaf: FieldIs) -> Answer:
    field, kind = agreement.fields.get(leaf.field), agreement.field_kind(leaf.field)
    if kind is None:
        return None
    value = None if field is None else meaning_of_blank(field, kind)
    return passes(leaf.test, value, kind, list(agreement.stages))
