"""What a change does to who counts: the conditions of two versions compared by proof.

A stage whose own conditions are as before may still take other leads, because a group, a field or the points that it
asks for have changed. Such an effect is told below the change that causes it.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import lru_cache
from typing import Any

from checker.agreement import Agreement
from checker.agreement.conditions import AllOf, Condition, FieldIs, Meets, Question, leaves
from checker.change import Direction as For
from checker.change import Sides
from checker.changes.entries import essence
from checker.changes.one_edit import with_edit
from checker.changes.sides import BOTH_SHIFTED, NOBODY, SHIFTED, bar_raised
from checker.finding import Path
from checker.logic.plan_names import stage_label
from checker.logic.proof import Comparison, Criterion, Direction, compare
from checker.message import Message, say

_READ_BY_CONDITIONS = (
    "fields",
    "actions",
    "points",
    "modes",
    "groups",
    "stages",
    "personas",
    "return_reasons",
    "channels",
)
_CONDITION_KEYS = ("all", "any", "none_of", "at_least", "of", "meets")


@lru_cache(maxsize=256)
def _same_words(old: Agreement, new: Agreement) -> bool:
    """Whether everything that a condition may lead to is written alike."""
    return all(
        essence(getattr(old.sections, name)) == essence(getattr(new.sections, name)) for name in _READ_BY_CONDITIONS
    ) and list(old.stages) == list(new.stages)


def compared(old: Agreement, new: Agreement, before: Question | None, after: Question | None) -> Comparison:
    """How new conditions relate to old ones; None is no condition, which every lead meets."""
    first, second = (AllOf((), ()) if asked is None else asked for asked in (before, after))
    if first == second and (before is after or _same_words(old, new)):
        return Comparison(Direction.SAME)
    return compare(Criterion(old, first), Criterion(new, second))


def asked(condition: Condition | None) -> Any:
    """What makes a condition equal to another as it is written: neither order nor notation counts."""
    if condition is None:
        return None
    own = {key: getattr(condition, key) for key in _CONDITION_KEYS if getattr(condition, key) is not None}
    tests = {f"{name}:": essence(test) for name, test in condition.field_tests.items()}
    return frozenset(
        {key: _asked_of_all(value) if isinstance(value, list) else value for key, value in own.items()}.items()
    ) | frozenset(tests.items())


def _asked_of_all(conditions: list[Condition]) -> Any:
    return frozenset(asked(condition) for condition in conditions)


@lru_cache(maxsize=256)
def effects(old: Agreement, new: Agreement) -> dict[str, Comparison]:
    """Stage -> how its conditions changed by proof; without those that take the same leads as before."""
    found = {}
    for name in old.stages:
        if name not in new.stages:
            continue
        comparison = compared(old, new, _conditions(old, name), _conditions(new, name))
        if comparison.direction is not Direction.SAME:
            found[name] = comparison
    return found


@lru_cache(maxsize=256)
def effects_of(old: Agreement, new: Agreement, path: Path) -> dict[str, Comparison]:
    """As `effects`, of the one edit at a path: that each edit is told what it does by itself.

    Stages that take the same leads when all edits are made are left out. It is all edits together where the edit cannot
    stand alone (it names a group that is new as well), and where it depends on the others: taken back first, it does
    not do the opposite.
    """
    together = effects(old, new)
    if not together:
        return together
    there, back = _alone(old, new, path), _alone(new, old, path)
    if there is None or back is None:
        return together
    found = {}
    for name, all_edits in together.items():
        one, opposite = there.get(name), back.get(name)
        if one is not None and opposite is not None and _MIRRORED[one.direction] is opposite.direction:
            found[name] = one
        elif one is not None or opposite is not None:
            found[name] = all_edits
    return found


def _alone(old: Agreement, new: Agreement, path: Path) -> dict[str, Comparison] | None:
    """What one edit does; None where it cannot stand alone."""
    edited = with_edit(old, new, path)
    found = None if edited is None else effects(old, edited)
    return None if found is None or any(one.direction is None for one in found.values()) else found


_MIRRORED = {
    None: None,
    Direction.SAME: Direction.SAME,
    Direction.STRICTER: Direction.LOOSER,
    Direction.LOOSER: Direction.STRICTER,
    Direction.SHIFTED: Direction.SHIFTED,
}


def _conditions(agreement: Agreement, stage: str) -> AllOf | None:
    from checker.agreement.conditions import question

    written = agreement.stages[stage]
    return question(written, ("stages", stage)) if written.has_conditions else None


def is_own(old: Agreement, new: Agreement, stage: str) -> bool:
    """Whether the conditions of a stage themselves are written otherwise."""
    return bool(asked(old.stages[stage]) != asked(new.stages[stage]))


def sides_of(comparison: Comparison, raised: Sides) -> Sides:
    """What a change of conditions is for each side, where `raised` is what fewer leads are for them."""
    if comparison.direction is Direction.STRICTER:
        return raised
    if comparison.direction is Direction.LOOSER:
        return raised.mirrored
    if comparison.direction is Direction.SAME:
        return NOBODY
    return Sides(
        SHIFTED if raised.marketing is not For.SAME else For.SAME,
        SHIFTED if raised.sales is not For.SAME else For.SAME,
    )


# ---------------------------------------------------------------- what leads to what


def reached_names(agreement: Agreement, node: Question) -> frozenset[str]:
    """Groups and stages that a condition leads to through `meets`."""
    seen: set[str] = set()

    def walk(part: Question) -> None:
        for leaf in leaves(part):
            if isinstance(leaf, Meets) and leaf.name not in seen:
                seen.add(leaf.name)
                if leaf.name in agreement.named_conditions:
                    walk(agreement.named_conditions[leaf.name])

    walk(node)
    return frozenset(seen)


def reached_fields(agreement: Agreement, node: Question) -> frozenset[str]:
    """Fields that a condition asks about, through `meets` and through points and persona."""
    fields = {leaf.field for leaf in agreement.reached(node)}
    if "points" in fields:
        fields |= {
            leaf.field
            for condition, path in agreement.written_conditions()
            if path[0] == "points"
            for leaf in agreement.reached(condition)
        }
    if "persona" in fields:
        fields |= {
            leaf.field
            for condition, path in agreement.written_conditions()
            if path[0] == "personas"
            for leaf in agreement.reached(condition)
        }
    return frozenset(fields)


def leads_to(agreement: Agreement, stage: str, group: str) -> bool:
    """Whether a stage's conditions lead to those of a group or another stage."""
    node = agreement.named_conditions.get(stage)
    return node is not None and group in reached_names(agreement, node)


def asks_about(agreement: Agreement, stage: str, *fields: str) -> bool:
    """Whether a stage's conditions ask about one of some fields."""
    if stage not in agreement.stages or not agreement.stages[stage].has_conditions:
        return False
    node = _conditions(agreement, stage)
    return node is not None and not reached_fields(agreement, node).isdisjoint(fields)


def consequences(
    old: Agreement, new: Agreement, path: Path, is_reached: Callable[[str], bool]
) -> tuple[Sides, tuple[Message, ...]]:
    """What an edit at a path does to the stages that it reaches: what that is for each side, and in words."""
    verdict = NOBODY
    told = []
    for name, comparison in effects_of(old, new, path).items():
        if is_reached(name) and path != ("stages", name):
            verdict |= sides_of(comparison, bar_raised(old, new, name))
            told.append(in_words(comparison, new, name))
    return verdict, tuple(told)


def in_words(comparison: Comparison, agreement: Agreement, stage: str) -> Message:
    """That fewer, more or other leads reach a stage."""
    name = stage_label(agreement, stage)
    if comparison.direction is Direction.STRICTER:
        return say("Fewer leads count as {stage}", stage=name)
    if comparison.direction is Direction.LOOSER:
        return say("More leads count as {stage}", stage=name)
    if comparison.direction is Direction.SHIFTED:
        return say("Other leads count as {stage}", stage=name)
    return say("Whether other leads count as {stage} could not be proved", stage=name)


def follows_from_fields(old: Agreement, new: Agreement, path: Path, *fields: str) -> tuple[Sides, tuple[Message, ...]]:
    """What an edit of fields, actions or points at a path does to the stages that ask about these fields."""
    return consequences(old, new, path, lambda name: asks_about(old, name, *fields) or asks_about(new, name, *fields))


def is_used(agreement: Agreement, group: str) -> bool:
    """Whether any condition leads to a group."""
    return any(group in reached_names(agreement, node) for node, _ in agreement.written_conditions())


def asks(agreement: Agreement, *fields: str) -> bool:
    """Whether any condition asks about one of some fields."""
    wanted = set(fields)
    return any(
        isinstance(leaf, FieldIs) and leaf.field in wanted
        for node, _ in agreement.written_conditions()
        for leaf in leaves(node)
    )


__all__ = ["BOTH_SHIFTED", "asked", "compared", "consequences", "effects", "sides_of"]
