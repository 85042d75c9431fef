"""What must be so of every answer of the prover, counted out over all leads of a small world.

Nothing here knows how the prover works: what a condition means is asked of `evaluate`, and what it means to leave a
line out is said anew.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from itertools import product
from typing import Any, cast

from checker.agreement import Agreement, build
from checker.agreement.base import as_list
from checker.agreement.conditions import AllOf, AnyOf, AtLeastOf, FieldIs, Meets, NoneOf, Question, question
from checker.finding import Path
from checker.logic.criteria import NOTHING, DoneAction, evaluate, folded, passes
from checker.logic.proof import Criterion, Direction, Prover, Result, Status, Trait, Witness, compare
from checker.logic.proof.modes import Mode
from tests.logic.proof.small_world import FIELDS, ON, RAW, WORTH, SmallLead, leads, reached_fields

Wish = tuple[Question, Mode]


class World:
    """An agreement with every lead that there is as far as some fields go."""

    def __init__(self, agreement: Agreement, fields: frozenset[str]) -> None:
        self.agreement = agreement
        points = agreement.sections.points
        self.all_leads = list(leads(fields, is_once=points is not None and points.each_action == "once"))
        self.leads = [lead.values for lead in self.all_leads if not lead.excluded_by]
        self._answers: dict[tuple[int, int], bool | None] = {}
        self._asked: list[Question] = []
        bare = dict(agreement.written) | {
            "fields": {
                name: {key: value for key, value in field.items() if key not in ("blank_means", "optional")}
                for name, field in FIELDS.items()
            }
        }
        self.bare = build(bare)

    def answer(self, asked: Question, lead: Mapping[str, Any]) -> bool | None:
        """What a condition means for a lead."""
        key = (id(asked), id(lead))
        if key not in self._answers:
            self._asked.append(asked)  # so that no other question gets its place in memory
            self._answers[key] = evaluate(asked, lead, self.agreement, ON)
        return self._answers[key]

    def showing(self, wishes: Sequence[Wish]) -> list[Mapping[str, Any]]:
        """The leads that give all these answers."""
        return [lead for lead in self.leads if self.shows(wishes, lead)]

    def shows(self, wishes: Sequence[Wish], lead: Mapping[str, Any]) -> bool:
        """Whether a lead gives all these answers."""
        return all(mode.takes(self.answer(asked, lead)) for asked, mode in wishes)

    def shows_by(self, wishes: Sequence[Wish], lead: SmallLead, lines: Collection[Path]) -> bool:
        """Whether a lead gives them where only these lines are there."""
        if lead.excluded_by & set(lines):
            return False
        return all(self._holds(asked, mode, lead.values, lines) for asked, mode in wishes)

    def _holds(self, asked: Question, mode: Mode, lead: Mapping[str, Any], lines: Collection[Path]) -> bool:
        """As the meaning of a condition, but a line that is not there asks for nothing."""

        def each(parts: Sequence[Question], way: Mode) -> list[bool]:
            return [self._holds(part, way, lead, lines) for part in parts]

        match asked:
            case Meets():
                return self._holds(self.agreement.named_conditions[asked.name], mode, lead, lines)
            case AllOf():
                answers = each(asked.parts, mode)
                return all(answers) if mode.asks_for_yes else any(answers)
            case AnyOf():
                answers = each(asked.parts, mode)
                return any(answers) if mode.asks_for_yes else all(answers)
            case NoneOf():
                answers = each(asked.parts, mode.of_opposite)
                return all(answers) if mode.asks_for_yes else any(answers)
            case AtLeastOf():
                if asked.path not in lines:
                    return True
                needed = asked.count if mode.asks_for_yes else len(asked.parts) - asked.count + 1
                return sum(each(asked.parts, mode)) >= needed
            case FieldIs():
                return asked.path not in lines or self._leaf_holds(asked, mode, lead, lines)

    def _leaf_holds(self, leaf: FieldIs, mode: Mode, lead: Mapping[str, Any], lines: Collection[Path]) -> bool:
        if leaf.field == "persona":
            return self._persona_holds(leaf, mode, lead, lines)
        if leaf.field == "points":
            return self._points_hold(leaf, mode, lead, lines)
        if lead.get(leaf.field) == RAW:
            return mode.takes(evaluate(leaf, {leaf.field: None}, self.bare, ON))
        return mode.takes(self.answer(leaf, lead))

    def _persona_holds(self, leaf: FieldIs, mode: Mode, lead: Mapping[str, Any], lines: Collection[Path]) -> bool:
        personas = self.agreement.sections.personas or {}
        nodes = {
            name: question(persona.recognised_by, ("personas", name, "recognised_by"))
            for name, persona in personas.items()
            if persona.recognised_by is not None
        }

        def all_are(way: Mode) -> bool:
            return all(self._holds(node, way, lead, lines) for node in nodes.values())

        earlier_are_not = True
        for name, node in nodes.items():
            fits = earlier_are_not and self._holds(node, Mode.SURELY, lead, lines)
            if fits and mode.takes(passes(leaf.test, name, "persona")):
                return True
            earlier_are_not = earlier_are_not and self._holds(node, Mode.NOT_SURELY, lead, lines)
        some_may = any(self._holds(node, Mode.NOT_SURELY_NOT, lead, lines) for node in nodes.values())
        if all_are(Mode.NOT_SURELY) and some_may and mode.takes(passes(leaf.test, None, "persona")):
            return True
        return all_are(Mode.SURELY_NOT) and mode.takes(passes(leaf.test, NOTHING, "persona"))

    def _points_hold(self, leaf: FieldIs, mode: Mode, lead: Mapping[str, Any], lines: Collection[Path]) -> bool:
        """For every loss that there may be, or for one."""
        points = self.agreement.sections.points
        lost = as_list(points.lost if points else None)
        nodes = [question(entry.when, ("points", "lost", index, "when")) for index, entry in enumerate(lost)]
        gained = self._gained(lead)
        answers = []
        for losses in product((True, False), repeat=len(nodes)):
            may_be = [
                self._holds(node, Mode.NOT_SURELY_NOT if is_lost else Mode.NOT_SURELY, lead, lines)
                for node, is_lost in zip(nodes, losses, strict=True)
            ]
            cannot_be = [
                self._holds(node, Mode.SURELY_NOT if is_lost else Mode.SURELY, lead, lines)
                for node, is_lost in zip(nodes, losses, strict=True)
            ]
            left = gained - sum(entry.points for entry, is_lost in zip(lost, losses, strict=True) if is_lost)
            fits = mode.takes(passes(leaf.test, left, "whole number"))
            if mode in (Mode.SURELY, Mode.SURELY_NOT):
                answers.append(fits or any(cannot_be))
            else:
                answers.append(fits and all(may_be))
        return all(answers) if mode in (Mode.SURELY, Mode.SURELY_NOT) else any(answers)

    def _gained(self, lead: Mapping[str, Any]) -> int:
        points, actions = self.agreement.sections.points, self.agreement.sections.actions or {}
        names = [item.action for item in lead["actions"] or () if item.on == ON]
        counted = set(names) if points is not None and points.each_action == "once" else names
        return sum(actions[name].points or 0 for name in counted)


# ---------------------------------------------------------------- one answer


def check_answer(world: World, result: Result, wishes: Sequence[Wish], *, opposite: bool = False) -> None:
    """Whether some lead gives all these answers is said rightly, and shown by a lead or by lines that exclude it."""
    found = world.showing(wishes)
    expected = Status.YES if bool(found) is not opposite else Status.NO

    assert expected is result.status
    if found:
        assert result.witness is not None
        check_witness(world, result.witness, wishes, found)
    else:
        check_conflict(world, result.conflict, wishes)


def check_witness(world: World, witness: Witness, wishes: Sequence[Wish], found: Sequence[Mapping[str, Any]]) -> None:
    """It shows it; so does every lead with its traits; without any one of them some lead does not."""
    traits = witness.traits
    alike = [lead for lead in world.leads if all(has_trait(lead, trait) for trait in traits)]

    assert world.shows(wishes, witness.lead)
    assert alike
    assert all(world.shows(wishes, lead) for lead in alike)
    for left_out in traits:
        others = [trait for trait in traits if trait is not left_out]
        assert not all(
            world.shows(wishes, lead) for lead in world.leads if all(has_trait(lead, trait) for trait in others)
        )
    known = [lead for lead in found if is_known(world, lead)]

    assert bool(known) is not witness.has_blank


def is_known(world: World, lead: Mapping[str, Any]) -> bool:
    """Whether no blank of a lead is one of which nothing is known."""
    meant = ("kind", "account")
    return all(value is not None or field in meant for field, value in lead.items())


def has_trait(lead: Mapping[str, Any], trait: Trait) -> bool:
    """Whether a lead has what matters of another."""
    value: Any = lead.get(trait.field)
    if trait.wording is not None:
        return (
            bool(value)
            and all(word in value for word in trait.wording.contains)
            and not any(word in value for word in trait.wording.lacks)
            and folded(value) not in map(folded, trait.wording.is_not)
        )
    if trait.deeds is not None:
        done, wanted = list(value or ()), list(cast("list[DoneAction]", trait.value or ()))
        same = trait.deeds.times is None or _done(done) == _done(wanted)
        return same and bool(wanted) is bool(done) and trait.deeds.last in (None, done[0].action if done else None)
    if isinstance(trait.value, (list, tuple)):
        return {item.action for item in value or ()} == set(trait.value)
    if isinstance(value, str) and isinstance(trait.value, str):
        return folded(value) == folded(trait.value)
    return bool(value == trait.value and type(value) is type(trait.value))


def _done(actions: Sequence[DoneAction]) -> object:
    """Which actions were done in the window and before it, and what the former add up to."""
    recent = [item.action for item in actions if item.on == ON]
    past = {item.action for item in actions if item.on != ON}
    return set(recent), past, sum(WORTH[name] for name in recent)


def check_conflict(world: World, conflict: Sequence[Path], wishes: Sequence[Wish]) -> None:
    """No lead escapes the lines of a conflict, and some lead escapes as soon as one of them is left out."""
    assert not any(world.shows_by(wishes, lead, conflict) for lead in world.all_leads)
    for left_out in conflict:
        others = [path for path in conflict if path != left_out]
        assert any(world.shows_by(wishes, lead, others) for lead in world.all_leads)


# ---------------------------------------------------------------- all questions about an agreement


def questions(agreement: Agreement) -> list[Callable[[], None]]:
    """Each question about the three groups of an agreement, to be checked when called."""
    prover = Prover(agreement, shows_all=True)
    plain = Prover(agreement)
    one, two, three = (agreement.named_conditions[name] for name in ("one", "two", "three"))
    world = World(agreement, reached_fields(agreement, one, two, three))
    one_not_two = [(one, Mode.SURELY), (two, Mode.NOT_SURELY)]
    three_alone = [(three, Mode.SURELY), (one, Mode.NOT_SURELY), (two, Mode.NOT_SURELY)]
    return [
        lambda: check_answer(world, prover.satisfiable(one), [(one, Mode.SURELY)]),
        lambda: check_answer(world, prover.satisfiable(three), [(three, Mode.SURELY)]),
        lambda: check_answer(world, prover.trivial(two), [(two, Mode.NOT_SURELY)], opposite=True),
        lambda: check_answer(world, prover.implies(one, two), one_not_two, opposite=True),
        lambda: check_answer(world, prover.overlap(one, two), [(one, Mode.SURELY), (two, Mode.SURELY)]),
        lambda: check_answer(world, prover.gap([one, two], three), three_alone),
        lambda: check_answer(world, prover.gap([one, two]), three_alone[1:]),
        lambda: check_answer(world, prover.shadowed([one, two, three], 2), three_alone, opposite=True),
        lambda: check_redundancy(world, prover, one),
        lambda: check_redundancy(world, prover, three),
        lambda: check_comparison(world, two, three),
        lambda: check_same(prover, plain, (one, two, three)),
    ]


def check_same(first: Prover, second: Prover, asked: Sequence[AllOf]) -> None:
    """A prover that guesses leads before it asks the solver says the same as one that does not."""
    one, two, three = asked
    for prover in (first, second):
        answers = [
            *(prover.satisfiable(node).status for node in asked),
            *(prover.trivial(node).status for node in asked),
            *(prover.redundant(node, index).status for node in asked for index in range(len(node.parts))),
            prover.shadowed([one, two], 1).status,
            prover.shadowed([two, one], 1, three).status,
        ]
        if prover is first:
            expected = answers

    assert expected == answers


def check_redundancy(world: World, prover: Prover, asked: AllOf) -> None:
    """A part changes nothing just where the same leads surely fit without it."""
    if len(asked.parts) < 2:
        return
    for index in range(len(asked.parts)):
        without = AllOf((*asked.parts[:index], *asked.parts[index + 1 :]), asked.path)
        result = prover.redundant(asked, index)
        check_answer(world, result, [(without, Mode.SURELY), (asked, Mode.NOT_SURELY)], opposite=True)


def check_comparison(world: World, old: Question, new: Question) -> None:
    """Which leads are lost and which are gained decides how new conditions relate to old ones."""
    agreement = world.agreement
    found = compare(Criterion(agreement, old), Criterion(agreement, new))
    lost = world.showing([(old, Mode.SURELY), (new, Mode.NOT_SURELY)])
    gained = world.showing([(old, Mode.NOT_SURELY), (new, Mode.SURELY)])
    expected = {
        (False, False): Direction.SAME,
        (True, False): Direction.STRICTER,
        (False, True): Direction.LOOSER,
        (True, True): Direction.SHIFTED,
    }[bool(lost), bool(gained)]

    assert expected is found.direction
    if found.lost is not None:
        check_witness(world, found.lost, [(old, Mode.SURELY), (new, Mode.NOT_SURELY)], lost)
    if found.gained is not None:
        check_witness(world, found.gained, [(old, Mode.NOT_SURELY), (new, Mode.SURELY)], gained)
