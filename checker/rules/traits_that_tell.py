"""What of a lead matters to the lines of a list, beside what every lead that gets to the list has."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace

from checker.agreement import Agreement
from checker.agreement.conditions import Question
from checker.logic.criteria import DoneAction
from checker.logic.proof import Trait, Witness
from checker.logic.proof.reach import losses, recognised
from checker.logic.proof.results import Deeds

OF_ACTIONS = ("points", "mode", "last_action", "actions")
"""Fields that are told from a lead's dated actions."""


def that_tell(agreement: Agreement, witness: Witness, conditions: Iterable[Question | None]) -> Witness:
    """The witness with those of its traits alone that some of the conditions ask for: every lead that has them is
    treated alike by all of the conditions.
    """
    fields = set(_fields(agreement, [item for item in conditions if item is not None], set()))
    traits = (trait for trait in witness.traits if trait.field in fields or _is_told(trait, fields))
    return replace(witness, traits=tuple(_without_points(trait, fields) for trait in traits))


def _fields(agreement: Agreement, conditions: Iterable[Question], open_names: set[str]) -> Iterator[str]:
    """Every field that the conditions lead to, through points and personas too."""
    for condition in conditions:
        for leaf in agreement.reached(condition):
            yield leaf.field
            if leaf.field not in open_names:
                open_names.add(leaf.field)
                yield from _fields(agreement, _behind(agreement, leaf.field), open_names)


def _behind(agreement: Agreement, field: str) -> list[Question]:
    """The conditions from which points and personas are told."""
    if field == "points":
        return [condition for condition, _ in losses(agreement)]
    return [condition for _, condition in recognised(agreement)] if field == "persona" else []


def _is_told(trait: Trait, fields: set[str]) -> bool:
    return trait.deeds is not None and not fields.isdisjoint(OF_ACTIONS)


def _without_points(trait: Trait, fields: set[str]) -> Trait:
    """Where nobody asks for points, what matters of the actions is the last one."""
    done = trait.value[0] if isinstance(trait.value, list) and trait.value else None
    if trait.deeds is None or "points" in fields or "actions" in fields or not isinstance(done, DoneAction):
        return trait
    return replace(trait, deeds=Deeds(times=None, last=done.action, points=None))
