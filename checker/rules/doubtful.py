"""Lines of conditions about which another rule says that they cannot mean what they say.

What a proof would make of them is only a consequence: it is told again, where still true, when they are put right.
"""

from __future__ import annotations

from collections.abc import Iterable
from functools import lru_cache

from checker.agreement import Agreement
from checker.agreement.conditions import Question
from checker.finding import At, Path
from checker.rules.counted_conditions import counted_wrongly
from checker.rules.field_tests import test_of_another_kind
from checker.rules.included_and_excluded import included_and_excluded
from checker.rules.points import unreachable_points
from checker.rules.unknown_names import unknown_name
from checker.rules.values import almost_a_test, value_outside_list

VOCABULARY = (
    "actions",
    "channels",
    "fields",
    "groups",
    "modes",
    "personas",
    "points",
    "return_reasons",
    "sellers",
    "stages",
)
"""Sections that say what the words of conditions mean: without one of them nothing can be proved."""

_RULES = (
    unknown_name,
    value_outside_list,
    almost_a_test,
    test_of_another_kind,
    counted_wrongly,
    unreachable_points,
)


@lru_cache(maxsize=8)
def _places(agreement: Agreement) -> tuple[frozenset[Path], tuple[frozenset[Path], ...]]:
    alone = {problem.at.path for rule in _RULES for problem in rule.problems(agreement) if isinstance(problem.at, At)}
    together = (
        frozenset(at.path for at in (problem.at, *(item.at for item in problem.because)) if isinstance(at, At))
        for problem in included_and_excluded.problems(agreement)
    )
    # the place may be one value of a list
    return frozenset(alone | {path[:-1] for path in alone}), tuple(together)


def is_doubtful(agreement: Agreement, lines: Iterable[Path]) -> bool:
    """Whether what these lines say together is not what was meant."""
    stand = set(lines)
    alone, together = _places(agreement)
    return not alone.isdisjoint(stand) or any(pair <= stand for pair in together)


def asks_doubtful(agreement: Agreement, conditions: Iterable[Question | None]) -> bool:
    """Whether conditions lead to such a line."""
    return is_doubtful(agreement, _lines(agreement, conditions))


def _lines(agreement: Agreement, conditions: Iterable[Question | None]) -> Iterable[Path]:
    for condition in conditions:
        if condition is not None:
            yield from _nodes(condition)
            yield from (leaf.path for leaf in agreement.reached(condition))


def _nodes(node: Question) -> Iterable[Path]:
    yield node.path
    for part in getattr(node, "parts", ()):
        yield from _nodes(part)
