"""Conditions on leads as SQL: true, false, or null where it cannot be told.

SQL's AND, OR and NOT over NULL are the same strong Kleene logic as that of `checker.logic.criteria`, which says what
each condition means for one lead; this says the same of all leads at once. A caller that wants a sure yes asks
`answers.surely` at the root.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from enum import Enum
from fractions import Fraction
from typing import Protocol

from sqlglot import exp

from checker.agreement import Agreement
from checker.agreement.base import as_list
from checker.agreement.conditions import (
    AllOf,
    AnyOf,
    AtLeastOf,
    FieldIs,
    FieldTest,
    Kind,
    Meets,
    NoneOf,
    Question,
    question,
)
from checker.agreement.fields import read_operand
from checker.funnel import answers, nodes
from checker.funnel.nodes import Node
from checker.funnel.value_tests import (
    flag_test,
    literal,
    ordered_test,
    text_test,
    texts_test,
)
from checker.logic.criteria import Nothing, meaning_of_blank, passes, passes_nothing, stages_meant

_OF_ACTIONS = ("points", "mode", "last_action", "actions")


class Shape(Enum):
    """What a column of the lead facts holds."""

    TEXT = "text"
    NUMBER = "number"
    DATE = "date"
    FLAG = "yes or no"
    TEXTS = "several texts"


class Done(Protocol):
    """What a lead had done by a moment: points gained, its last action, and all of its actions."""

    @property
    def points(self) -> Node: ...

    @property
    def last_action(self) -> Node: ...

    @property
    def actions(self) -> Node: ...


@dataclass(frozen=True, slots=True)
class LeadColumn:
    """A column of the lead facts, as a node, and what it holds; whether it is sure that no text in it is empty, and
    that it holds something for every lead.
    """

    value: Node
    shape: Shape
    is_never_empty: bool = False
    is_never_blank: bool = False


class LeadColumns(Protocol):
    """What a condition may ask of the rows of a statement. Every call gives a node of its own."""

    def field(self, name: str) -> LeadColumn | None:
        """A field; None where the data does not have it."""

    def done(self, event: str | None) -> Done | None:
        """What the lead had done by an event, or by the cut-off; None where the data has no dated actions."""

    def stamp(self, event: str) -> Node | None:
        """When an event happened, if by the cut-off; None where the data does not have the event."""

    def local_day(self, event: str | None) -> Node:
        """The local day (days since 1970) of an event, or of the cut-off."""

    def is_silent(self) -> Node:
        """Whether the deadline of the promise that says what silence means is over, with no answer by then."""


class Conditions:
    """Turns the conditions of an agreement into SQL over the rows of one statement."""

    def __init__(self, agreement: Agreement, columns: LeadColumns, silence_accepts: bool) -> None:
        self.agreement = agreement
        self.columns = columns
        self.silence_accepts = silence_accepts
        self._stages = list(agreement.stages)

    def sql(self, asked: Question, on: str | None = None) -> Node:
        """Whether the lead fits; `on` is the event from which `days ago` count back, None the cut-off."""
        return self._answer(asked, on, frozenset())

    def _answer(self, asked: Question, on: str | None, open_names: frozenset[str]) -> Node:
        match asked:
            case FieldIs():
                return self._field_is(asked, on, open_names)
            case Meets():
                node = self.agreement.named_conditions.get(asked.name)
                if node is None or asked.name in open_names:
                    return answers.known(None)
                return self._answer(node, on, open_names | {asked.name})
            case AllOf():
                return answers.every(self._answer(part, on, open_names) for part in asked.parts)
            case AnyOf():
                return answers.some(self._answer(part, on, open_names) for part in asked.parts)
            case NoneOf():
                return answers.opposite(answers.some(self._answer(part, on, open_names) for part in asked.parts))
            case AtLeastOf():
                return answers.at_least(asked.count, [self._answer(part, on, open_names) for part in asked.parts])

    def _field_is(self, leaf: FieldIs, on: str | None, open_names: frozenset[str]) -> Node:
        kind = self.agreement.field_kind(leaf.field)
        if kind is None:
            return answers.known(None)
        if leaf.field == "accepted" and self.columns.stamp("decided") is not None:
            return flag_test(leaf.test, self.accepted())
        if leaf.field == "return_reason":
            return self._return_reason_is(leaf.test)
        found = self.columns.field(leaf.field)
        if leaf.field == "persona" and found is None:
            return self._persona_is(leaf.test, on, open_names)
        if leaf.field == "stage" and found is None:
            found = self._stage()
        done = self.columns.done(on) if found is None and leaf.field in _OF_ACTIONS else None
        if leaf.field == "points" and done is not None:
            return self._points_are(leaf, done, self._losses(on, open_names), 0)
        if leaf.field == "mode" and found is None:
            found = self._mode(done)
        if leaf.field == "last_action" and done is not None:
            found = LeadColumn(done.last_action, Shape.TEXT)
        if leaf.field == "actions" and kind == "list of actions" and done is not None:
            found = LeadColumn(done.actions, Shape.TEXTS)
        if found is None:
            return answers.known(None)
        if kind == "days ago" and found.shape is Shape.DATE:
            found = LeadColumn(self._days_ago(found.value, on), Shape.NUMBER)
        return self._test(leaf, kind, found)

    def _test(self, leaf: FieldIs, kind: str, found: LeadColumn) -> Node:
        """One test of one column, where a blank may have a meaning."""
        field = self.agreement.fields.get(leaf.field)
        blank_means = meaning_of_blank(field, kind) if field is not None else None
        if isinstance(blank_means, Nothing):
            if leaf.test.kind in (Kind.KNOWN, Kind.NOT_KNOWN):
                return self._shape_test(leaf.test, kind, found)
            answer = self._shape_test(leaf.test, kind, found)
            return exp.Coalesce(this=answer, expressions=[nodes.truth(passes_nothing(leaf.test))])
        if blank_means is not None:
            value = exp.Coalesce(this=_filled(found), expressions=[literal(blank_means)])
            found = LeadColumn(value, found.shape)
        return self._shape_test(leaf.test, kind, found)

    def _shape_test(self, test: FieldTest, kind: str, found: LeadColumn) -> Node:
        if test.kind in (Kind.KNOWN, Kind.NOT_KNOWN) and found.is_never_blank:
            return nodes.truth(test.kind is Kind.KNOWN)
        if test.kind is Kind.KNOWN:
            return nodes.is_known(_filled(found))
        if test.kind is Kind.NOT_KNOWN:
            return nodes.is_null(_filled(found))
        if test.kind is Kind.NOT_ONE_OF:
            one_of = FieldTest(Kind.ONE_OF, test.operands, test.written)
            return answers.opposite(self._shape_test(one_of, kind, found))
        try:
            operands = [read_operand(kind, operand) for operand in test.operands]
        except ValueError:
            return answers.known(None)
        if kind == "stage":
            meant = {stage for operand in operands for stage in stages_meant(str(operand), self._stages)}
            operands = [stage for stage in self._stages if stage in meant]
        match found.shape:
            case Shape.TEXT:
                return text_test(test.kind, operands, _filled(found))
            case Shape.TEXTS:
                return texts_test(test.kind, operands, _filled(found))
            case Shape.NUMBER:
                return ordered_test(test.kind, operands, found.value, Fraction)
            case Shape.DATE:
                return ordered_test(test.kind, operands, found.value, date)
            case Shape.FLAG:
                return flag_test(test, found.value)

    # ------------------------------------------------------------ fields that are worked out

    def points(self, on: str | None = None) -> Node | None:
        """The points of a lead; null where it cannot be told whether it loses some, None where nothing tells points."""
        found, done = self.columns.field("points"), self.columns.done(on)
        if found is not None or done is None:
            return None if found is None else found.value
        left: Node = done.points
        for answer, number in self._losses(on, frozenset()):
            lost = nodes.case([(answer, nodes.number(number)), (answers.opposite(answer.copy()), nodes.number(0))])
            left = nodes.minus(left, lost)
        return left

    def number(self, name: str, on: str | None = None) -> Node | None:
        """The number that a field holds, null where it is blank; None where the data does not have it as a number."""
        if name == "points":
            return self.points(on)
        found = self.columns.field(name)
        if found is None or found.shape not in (Shape.NUMBER, Shape.DATE):
            return None
        if found.shape is Shape.DATE:
            return self._days_ago(found.value, on) if self.agreement.field_kind(name) == "days ago" else None
        return found.value

    def _days_ago(self, day: Node, on: str | None) -> Node:
        number = exp.DateDiff(this=day, expression=nodes.date(date(1970, 1, 1)), unit=exp.Var(this="DAY"))
        return exp.paren(exp.Sub(this=self.columns.local_day(on), expression=number), copy=False)

    def _stage(self) -> LeadColumn | None:
        """The furthest stage that is recorded by the cut-off."""
        stamps = [(stage, self.columns.stamp(f"became_{stage}")) for stage in reversed(self._stages)]
        branches = [(nodes.is_known(stamp), nodes.text(stage)) for stage, stamp in stamps if stamp is not None]
        return LeadColumn(nodes.case(branches), Shape.TEXT) if branches else None

    def _losses(self, on: str | None, open_names: frozenset[str]) -> list[tuple[Node, int]]:
        """Whether the lead loses points, and how many, line by line of the agreement."""
        points = self.agreement.sections.points
        return [
            (self._answer(question(lost.when, ("points", "lost", "when")), on, open_names), lost.points)
            for lost in as_list(points.lost if points else None)
        ]

    def _points_are(self, leaf: FieldIs, done: Done, losses: Sequence[tuple[Node, int]], lost: int) -> Node:
        """A test of the points gained less those lost. Where it cannot be told whether the lead loses some, the test
        still has an answer if it is the same either way.
        """
        if not losses:
            points = nodes.minus(done.points.copy(), nodes.number(lost)) if lost else done.points.copy()
            return self._shape_test(leaf.test, "whole number", LeadColumn(points, Shape.NUMBER))
        (answer, number), *others = losses
        less, full = (self._points_are(leaf, done, others, lost + more) for more in (number, 0))
        branches = [(answer, less), (answers.opposite(answer.copy()), full)]
        return nodes.case(
            [*branches, (nodes.equal(exp.Paren(this=less.copy()), exp.Paren(this=full.copy())), less.copy())]
        )

    def _mode(self, done: Done | None = None) -> LeadColumn | None:
        last = self.columns.field("last_action")
        if last is None and done is not None:
            last = LeadColumn(done.last_action, Shape.TEXT)
        actions_of: dict[str, list[str]] = {}
        for name, action in (self.agreement.sections.actions or {}).items():
            if action.mode is not None:
                actions_of.setdefault(action.mode, []).append(name)
        if last is None or not actions_of:
            return None
        branches = [
            (text_test(Kind.ONE_OF, list(actions), last.value.copy()), nodes.text(mode))
            for mode, actions in actions_of.items()
        ]
        return LeadColumn(nodes.case(branches), Shape.TEXT)

    def _return_reason_is(self, test: FieldTest) -> Node:
        """Where nothing was returned, there is no reason, and that is known."""
        returned = self.columns.stamp("returned")
        reason = self.columns.field("return_reason")
        answer = answers.known(None) if reason is None else self._shape_test(test, "return reason", reason)
        if returned is None:
            return answer
        return nodes.case([(nodes.is_null(returned), nodes.truth(passes_nothing(test)))], answer)

    def _persona_is(self, test: FieldTest, on: str | None, open_names: frozenset[str]) -> Node:
        """The first persona that surely fits; none, and that is known, where all surely do not."""
        branches: list[tuple[Node, Node]] = []
        told: list[Node] = []
        for name, persona in (self.agreement.sections.personas or {}).items():
            if persona.recognised_by is None or f"persona {name}" in open_names:
                continue
            node = question(persona.recognised_by, ("personas", name, "recognised_by"))
            answer = self._answer(node, on, open_names | {f"persona {name}"})
            branches.append((answers.surely(answer), answers.known(passes(test, name, "persona"))))
            told.append(answer.copy())
        unsure = answers.cannot_tell(answers.some(told))
        blank = answers.known(passes(test, None, "persona"))
        return nodes.case([*branches, (unsure, blank)], nodes.truth(passes_nothing(test)))

    def accepted(self) -> Node:
        """Whether sales accepted the lead: it was decided, and not returned for a reason found before accepting.

        A return is a decision too. Where nothing was decided and the time for it is over, silence counts as the
        promise says.
        """
        decided, returned = (self._has_happened(event) for event in ("decided", "returned"))
        reasons = self.agreement.sections.return_reasons or {}
        before = tuple(name for name, reason in reasons.items() if reason.found == "before accepting")
        found_before = self._return_reason_is(FieldTest(Kind.ONE_OF, before, "")) if before else nodes.truth(False)
        answered = answers.some([decided, returned])
        taken = answers.every([answered, answers.opposite(answers.every([returned.copy(), found_before]))])
        if not self.silence_accepts:
            return taken
        return answers.some([taken, answers.every([answers.opposite(answered.copy()), self.columns.is_silent()])])

    def _has_happened(self, event: str) -> Node:
        stamp = self.columns.stamp(event)
        return nodes.truth(False) if stamp is None else nodes.is_known(stamp)


def _filled(found: LeadColumn) -> Node:
    """A column's value, null where it is blank."""
    match found.shape:
        case Shape.TEXT if found.is_never_empty:
            return found.value
        case Shape.TEXT:
            return exp.Nullif(this=found.value, expression=nodes.text(""))
        case Shape.TEXTS:
            has_some = exp.GT(this=exp.ArraySize(this=found.value.copy()), expression=nodes.number(0))
            return nodes.case([(has_some, found.value)])
        case _:
            return found.value
