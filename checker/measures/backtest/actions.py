"""The points of actions against what the data says: how many times as often leads buy that did something."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from checker.logic.aggregate import Aggregate, CannotTell, Fact, Fits, Happened, Opposite, count, field_is
from checker.logic.statistics import CONFIDENCE, adjusted, chance_of_difference, ratio_interval
from checker.measures.backtest.closed import Closed, all_of_these
from checker.measures.backtest.table import FEWEST_CUSTOMERS, FEWEST_LEADS, Outcome
from checker.measures.view import View

_DID, _DID_NOT, _UNTOLD, _WON = "who did it", "who did not", "untold", "and bought"


@dataclass(frozen=True, slots=True)
class ActionPoints:
    """An action: its points, and the leads that did it and did not.

    `ratio` is how many times as often who did it bought, at 95%; `chance` is Fisher's, for all actions together (Holm).
    Both are None where there are too few.
    """

    action: str
    points: int
    did: Outcome
    did_not: Outcome
    ratio: tuple[float, float] | None = None
    chance: float | None = None

    @property
    def tells(self) -> bool | None:
        """Whether who did it buys more often (true) or less often (false); None: not to be told."""
        if self.chance is None or self.chance >= 1 - CONFIDENCE:
            return None
        return (self.did.share or 0) > (self.did_not.share or 0)


@dataclass(frozen=True, slots=True)
class Actions:
    """All actions. `is_last` says that the data tells only the last one of each lead, `cannot_tell` are leads of whom
    it tells none at all.
    """

    actions: tuple[ActionPoints, ...] = ()
    is_last: bool = False
    is_snapshot: bool = False
    cannot_tell: int = 0

    def at_odds(self) -> Iterator[tuple[ActionPoints, ActionPoints]]:
        """Pairs of which the first gets more points, and the second surely tells more: its interval lies above."""
        for more in self.actions:
            for less in self.actions:
                if more.points > less.points and more.ratio and less.ratio and more.ratio[1] < less.ratio[0]:
                    yield more, less


def numbers_of_actions(view: View, closed: Closed) -> dict[str, Aggregate]:
    """What is to be counted: of each action with points, who did it and who did not, and who of them bought."""
    field = _field(view)
    if field is None:
        return {}
    stage = view.handoff_stage
    moment = view.arrival(stage) if stage is not None and view.has_event(view.arrival(stage)) else None
    among: list[Fact] = [closed.among]
    if _is_dated(view, field) and moment is not None:
        among.append(Happened(moment))
    numbers: dict[str, Aggregate] = {}
    for name in _with_points(view):
        did = Fits(field_is(field, name), moment)
        sides: dict[str, Fact] = {_DID: did, _DID_NOT: Opposite(did), _UNTOLD: CannotTell(did)}
        for side, fact in sides.items():
            numbers[f"{name} {side}"] = count(all_of_these(*among, fact))
            numbers[f"{name} {side} {_WON}"] = count(all_of_these(*among, fact, closed.won))
    return numbers


def action_points(view: View, total: Mapping[str, int]) -> Actions | None:
    """What each action with points tells; None where no action has points, or the data tells none.

    `total` are the counts of `numbers_of_actions`.
    """
    field, scored = _field(view), _with_points(view)
    if not scored or field is None:
        return None
    found = [
        _of(
            name,
            points,
            *(Outcome(total[f"{name} {side}"], total[f"{name} {side} {_WON}"]) for side in (_DID, _DID_NOT)),
        )
        for name, points in scored.items()
    ]
    cannot_tell = max(total[f"{name} {_UNTOLD}"] for name in scored)
    is_last = view.agreement.field_kind(field) != "list of actions"
    return Actions(_adjusted(found), is_last, not _is_dated(view, field), cannot_tell)


def _with_points(view: View) -> dict[str, int]:
    actions = view.agreement.sections.actions or {}
    return {name: action.points for name, action in actions.items() if action.points}


def _is_dated(view: View, field: str) -> bool:
    """Whether it is worked out from actions that each have a date."""
    return view.leads.field(field) is None


def _field(view: View) -> str | None:
    """The field that tells what a lead did: all of it, else the last."""
    kinds = {**{name: field.is_ for name, field in view.agreement.fields.items()}, "last_action": "action"}
    for wanted in ("list of actions", "action"):
        for name, kind in kinds.items():
            if kind == wanted and view.has_field(name):
                return name
    return None


def _of(name: str, points: int, did: Outcome, did_not: Outcome) -> ActionPoints:
    if min(did.leads, did_not.leads) < FEWEST_LEADS or did.won + did_not.won < FEWEST_CUSTOMERS:
        return ActionPoints(name, points, did, did_not)
    sides = (did.won, did.leads, did_not.won, did_not.leads)
    return ActionPoints(name, points, did, did_not, ratio_interval(*sides), chance_of_difference(*sides))


def _adjusted(found: Sequence[ActionPoints]) -> tuple[ActionPoints, ...]:
    tested = [place for place, each in enumerate(found) if each.chance is not None]
    chances = dict(zip(tested, adjusted([found[place].chance or 0.0 for place in tested]), strict=True))
    return tuple(replace(each, chance=chances[place]) if place in chances else each for place, each in enumerate(found))
