"""Conditions without some of their tests: what would be asked if a line were not there."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from checker.agreement import Agreement
from checker.agreement.conditions import AllOf, AnyOf, AtLeastOf, FieldIs, Meets, NoneOf, Question

IsDropped = Callable[[FieldIs | AtLeastOf], bool]


def relaxed(agreement: Agreement, asked: Question, is_dropped: IsDropped) -> Question:
    """A condition as if each dropped test passed every lead, also inside the groups and stages that it names.

    Whoever fits the condition fits what is left of it.
    """
    return _Relaxation(agreement, is_dropped).without(asked, True, frozenset())


class _Relaxation:
    def __init__(self, agreement: Agreement, is_dropped: IsDropped) -> None:
        self._agreement = agreement
        self._is_dropped = is_dropped

    def without(self, asked: Question, wanted: bool, open_names: frozenset[str]) -> Question:
        """`wanted` is False under `none_of`: there a test lets more leads through by never holding."""
        match asked:
            case FieldIs():
                return _always(wanted, asked) if self._is_dropped(asked) else asked
            case Meets():
                named = self._agreement.named_conditions.get(asked.name)
                if named is None or asked.name in open_names:
                    return asked
                return self.without(named, wanted, open_names | {asked.name})
            case AtLeastOf() if self._is_dropped(asked):
                return _always(wanted, asked)
        inside = wanted is not isinstance(asked, NoneOf)
        parts = tuple(self.without(part, inside, open_names) for part in asked.parts)
        return replace(asked, parts=parts)


def _always(wanted: bool, asked: FieldIs | AtLeastOf) -> Question:
    """What every lead fits, or none: all of no conditions, or one of no conditions."""
    return AllOf((), asked.path) if wanted else AnyOf((), asked.path)
