"""The properties can fail: each way to break the encoding that once slipped through is caught by them."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import HealthCheck, Phase, given, settings

from checker.agreement import Agreement
from checker.agreement.conditions import AtLeastOf, FieldTest, Kind, NoneOf, Question
from checker.logic.criteria import LeadValue
from checker.logic.proof import cells, encoding, history, prover, reach, variables, witness
from checker.logic.proof.encoding import Encoding
from checker.logic.proof.modes import Mode
from checker.logic.proof.solver import Term
from tests.logic.proof.properties import questions
from tests.logic.proof.small_world import DONE, PLAIN, agreements

Break = Callable[[pytest.MonkeyPatch], None]


def blank_under_none_of(patch: pytest.MonkeyPatch) -> None:
    """None of these: what cannot be told is taken for a no."""

    class Broken(Encoding):
        def formula(self, asked: Question, mode: Mode, side: int = 0) -> Term:
            if not isinstance(asked, NoneOf):
                return super().formula(asked, mode, side)
            return self._joined(asked.parts, mode.complement, side, mode.asks_for_yes)

    patch.setattr(prover, "Encoding", Broken)


def one_off_in_at_least(patch: pytest.MonkeyPatch) -> None:
    """At least N of: more than N."""

    class Broken(Encoding):
        def _at_least(self, asked: AtLeastOf, mode: Mode, side: int) -> Term:
            return super()._at_least(replace(asked, count=asked.count + 1), mode, side)

    patch.setattr(prover, "Encoding", Broken)


def merged_cells(patch: pytest.MonkeyPatch) -> None:
    """Two neighbouring cells of a field, which tests tell apart, are one."""
    whole = cells.cells_of

    def broken(*arguments: Any) -> tuple[cells.Cell, ...]:
        found = whole(*arguments)
        return (found[0], *found[2:]) if len(found) > 2 else found

    patch.setattr(variables, "cells_of", broken)


def unminimised_conflicts(patch: pytest.MonkeyPatch) -> None:
    """Every line that was looked at is called a part of the conflict."""

    def broken(items: Sequence[Any], excludes: Callable[[Sequence[Any]], bool]) -> list[Any]:
        return list(items)

    patch.setattr(prover, "smallest_conflict", broken)


def unshrunk_leads(patch: pytest.MonkeyPatch) -> None:
    """Everything that was chosen of a lead is said to matter."""

    def broken(items: Sequence[Any], excludes: Callable[[Sequence[Any]], bool]) -> list[Any]:
        return list(items)

    patch.setattr(witness, "smallest_conflict", broken)


def more_than_for_at_least(patch: pytest.MonkeyPatch) -> None:
    """`>=` is `>`."""
    right = cells.told

    def broken(agreement: Agreement, name: str, test: FieldTest, value: LeadValue) -> bool | None:
        if test.kind is Kind.AT_LEAST:
            test = FieldTest(Kind.MORE_THAN, test.operands, test.written)
        return right(agreement, name, test, value)

    patch.setattr(cells, "told", broken)


def unbounded_fields(patch: pytest.MonkeyPatch) -> None:
    """What a field's bounds and lists exclude is allowed."""
    patch.setattr(variables.Choice, "exclusions", lambda self: iter(()))


def words_that_do_not_hang_together(patch: pytest.MonkeyPatch) -> None:
    """A text may contain `quality` and not `qual`."""
    right = variables.Choice.always
    patch.setattr(variables.Choice, "always", lambda self: list(right(self))[:2])


def all_points_count(patch: pytest.MonkeyPatch) -> None:
    """Actions from before the window count too."""
    patch.setattr(history, "_is_counted", lambda agreement, day: True)


def no_points_are_lost(patch: pytest.MonkeyPatch) -> None:
    """What a lead loses is forgotten."""
    right = history.History.points_lie
    patch.setattr(
        history.History, "points_lie", lambda self, side, test, passes, lost: right(self, side, test, passes, 0)
    )


def points_are_counted_once(patch: pytest.MonkeyPatch) -> None:
    """An action that is done again adds nothing."""
    patch.setattr(history, "_counts_every_time", lambda agreement: False)


def later_personas_win(patch: pytest.MonkeyPatch) -> None:
    """The last persona that fits is taken, not the first."""
    right = reach.recognised
    patch.setattr(encoding, "recognised", lambda agreement: right(agreement)[::-1])


BREAKS: list[tuple[Break, tuple[str, ...]]] = [
    (blank_under_none_of, ("employees", "account")),
    (one_off_in_at_least, ("employees", "account")),
    (merged_cells, PLAIN),
    (unminimised_conflicts, PLAIN),
    (unshrunk_leads, PLAIN),
    (more_than_for_at_least, ("employees", "kind")),
    (unbounded_fields, PLAIN),
    (words_that_do_not_hang_together, ("title",)),
    (all_points_count, DONE),
    (no_points_are_lost, ("points", "visit")),
    (points_are_counted_once, ("points", "actions")),
    (later_personas_win, ("persona", "visit")),
]
"""Each way to break the encoding, and the fields among which to look for a case that shows it."""


def _properties_hold(fields: tuple[str, ...], most: int) -> bool:
    """Whether all properties hold of so many agreements, which are always the same."""

    @settings(
        max_examples=most,
        phases=(Phase.generate,),
        derandomize=True,
        database=None,
        suppress_health_check=list(HealthCheck),
    )
    @given(agreements(fields))
    def hold(agreement: Agreement) -> None:
        for check in questions(agreement):
            check()

    try:
        hold()
    except AssertionError:
        return False
    return True


@pytest.mark.parametrize(("break_it", "fields"), BREAKS, ids=[item.__name__ for item, _ in BREAKS])
def test_a_broken_encoding_is_caught(break_it, fields, monkeypatch):
    """The properties that hold of the prover do not hold of a broken one."""
    break_it(monkeypatch)

    assert not _properties_hold(fields, 200)


def test_an_unbroken_one_is_not():
    """It is the breaking that the test above sees."""
    assert _properties_hold(("employees", "account", "title"), 8)
