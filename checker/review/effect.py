"""What a change asks of sellers, money and people, by the text alone."""

from __future__ import annotations

from collections.abc import Iterable

from checker.agreement import Agreement
from checker.change import Change, Direction
from checker.changes.consequences import plan_of
from checker.impact import Effect
from checker.logic.plan_names import person_label
from checker.message import Argument, Message, all_of, say
from checker.review.impact_of_plan import costs, planned_loads

_OWED = ("marketing", "sales")
_NAMES = {"marketing": say("marketing"), "sales": say("sales")}


def effect_of(old: Agreement, new: Agreement, changes: Iterable[Change]) -> Effect:
    """The effect of the change from one agreement to another."""
    before, after = plan_of(old), plan_of(new)
    handoff = new.sections.handoff
    stage = handoff.stage if handoff is not None and handoff.stage in new.stages else None
    release = new.sections.release
    return Effect(
        load=() if stage is None else tuple(planned_loads(before, after, stage)),
        costs=costs(old, new, before, after),
        holds_from=release.valid_from if release is not None and release != old.sections.release else None,
        asked=asked_people(new, changes),
    )


def asked_people(new: Agreement, changes: Iterable[Change]) -> tuple[Message, ...]:
    """Who has to agree: of each side that owes something else or gets other work, its directors, else the team."""
    weighty = [change for change in changes if not change.is_editorial]
    found = []
    people = new.sections.people or {}
    for side in _OWED:
        if not any(getattr(change.sides, side) is not Direction.SAME for change in weighty):
            continue
        heads = [name for name, person in people.items() if person.team == side and person.role == "director"]
        if heads:
            arguments: dict[str, Argument] = {
                "people": all_of([person_label(new, name) for name in heads]),
                "side": _NAMES[side],
            }
            found.append(
                say("{people} (directors of {side})", **arguments)
                if len(heads) > 1
                else say("{people} (director of {side})", **arguments)
            )
        else:
            found.append(_NAMES[side])
    return tuple(found)
