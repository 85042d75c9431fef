"""What people do and what it counts: actions, their points and modes, and how points are lost."""

from __future__ import annotations

from collections.abc import Iterator

from checker.agreement import Agreement
from checker.agreement.base import as_list
from checker.agreement.fields import LostPoints
from checker.change import Difference, Sides
from checker.changes.effects import asked, asks_about, follows_from_fields
from checker.changes.entries import come_and_gone, essence, in_both, step
from checker.changes.kind import change
from checker.changes.showing import named
from checker.changes.sides import NOBODY, bar_raised
from checker.changes.spans import longer
from checker.finding import Path
from checker.message import Message, say, say_counted


def _told_action(agreement: Agreement, name: str, _: object) -> tuple[Message, Message]:
    action = named(agreement, name, "actions")
    return (
        say("“{action}” is an action that tells us something now", action=action),
        say("“{action}” is no action any more", action=action),
    )


@change(
    "action-added",
    "An action is new",
    mirror=("action-dropped", "An action is gone"),
    covers=("actions",),
    old="actions: {read_guide: {name: Read the guide}}",
    new="actions: {read_guide: {name: Read the guide}, ask_for_demo: {name: Asked for a demo}}",
)
def actions_come_and_go(old: Agreement, new: Agreement) -> Iterator[Difference]:
    """
    Something that people do is recorded and counted from now on, or no longer.

    What it does to the stages that count points or ask for the last action is told below it.
    """
    for found in come_and_gone(old, new, "actions", _told_action, NOBODY):
        sides, follows = follows_from_fields(old, new, ("actions", found.what), "points", "mode", "last_action")
        yield _with(found, sides, follows)


def _with(found: Difference, sides: Sides, follows: tuple[Message, ...]) -> Difference:
    return Difference(
        found.what,
        found.message,
        sides,
        found.old,
        found.new,
        found.is_mirrored,
        found.only_old,
        found.only_new,
        follows,
    )


@change(
    "action-points-raised",
    "An action counts more points",
    mirror=("action-points-lowered", "An action counts fewer points"),
    covers=("actions.*.points",),
    old="""
        actions: {ask_for_demo: {points: 20}}
        stages:
          mql: {team: marketing, points: at least 30}
          customer: {team: sales, is: won}
        """,
    new="""
        actions: {ask_for_demo: {points: 40}}
        stages:
          mql: {team: marketing, points: at least 30}
          customer: {team: sales, is: won}
        """,
)
def action_points(old: Agreement, new: Agreement) -> Iterator[Difference]:
    """
    The same deed weighs more than before, or less.

    What that does to the stages that ask for points is proved, and told below it: by them it is judged for whom the bar
    is higher.
    """
    for name, before, after in in_both(old, new, "actions"):
        was, now = before.points or 0, after.points or 0
        if was == now:
            continue
        sides, follows = follows_from_fields(old, new, ("actions", name, "points"), "points")
        message = say_counted(
            "“{action}” counts {count} point instead of {old}",
            "“{action}” counts {count} points instead of {old}",
            count=now,
            old=was,
            action=named(new, name, "actions"),
        )
        path: Path = ("actions", name)
        yield Difference(
            name,
            message,
            sides,
            (*path, "points") if before.points is not None else path,
            (*path, "points") if after.points is not None else path,
            now < was,
            follows=follows,
        )


@change(
    "action-mode-changed",
    "An action shows another mode",
    alike="another mode is another mode, whichever way one looks",
    covers=("actions.*.mode",),
    old="""
        modes: {information: {means: Learns}, buying: {means: Buys}}
        actions: {watch_webinar: {mode: information}}
        """,
    new="""
        modes: {information: {means: Learns}, buying: {means: Buys}}
        actions: {watch_webinar: {mode: buying}}
        """,
)
def action_mode(old: Agreement, new: Agreement) -> Iterator[Difference]:
    """
    Whoever did this last is in another mode than before.

    The stages that ask for the mode are told below it.
    """
    for name, before, after in in_both(old, new, "actions"):
        if before.mode == after.mode:
            continue
        sides, follows = follows_from_fields(old, new, ("actions", name, "mode"), "mode")
        action = named(new, name, "actions")
        if after.mode is None:
            message = say("“{action}” shows no mode any more", action=action)
        else:
            message = say("“{action}” shows the mode “{mode}”", action=action, mode=named(new, after.mode, "modes"))
        path: Path = ("actions", name)
        yield Difference(
            name,
            message,
            sides,
            (*path, "mode") if before.mode else path,
            (*path, "mode") if after.mode else path,
            follows=follows,
        )


@change(
    "points-counted-longer",
    "Actions count for longer",
    mirror=("points-counted-shorter", "Actions count for less long"),
    covers=("points.over",),
    old="points: {over: 60 days}",
    new="points: {over: 90 days}",
)
def points_over(old: Agreement, new: Agreement) -> Iterator[Difference]:
    """
    Points reach further back, so that leads have more of them; or less far.

    How many more leads that is only data can tell: no lead's actions have dates in a proof. Where a stage asks for
    points, more of them come to it.
    """
    before, after = (side.sections.points.over if side.sections.points else None for side in (old, new))
    if before == after or not (old.sections.points and new.sections.points):
        return
    sides = NOBODY
    for stage in new.stages:
        if asks_about(new, stage, "points"):
            sides |= bar_raised(old, new, stage).mirrored
    # without a window, actions of any age count
    order = longer(after, before) if before and after else (1 if after is None else -1)
    shown = [say("at any time") if span is None else say("in the last {span}", span=span) for span in (after, before)]
    yield step(
        "points",
        say("Actions {new} count, and not those {old}", new=shown[0], old=shown[1]),
        sides,
        ("points", "over") if before else ("points",),
        ("points", "over") if after else ("points",),
        is_more=order is None or order > 0,
    )


@change(
    "points-each-action-changed",
    "Repeated actions count otherwise",
    mirror=("points-each-action-once", "Repeated actions count once"),
    covers=("points.each_action",),
    old="points: {each_action: once}",
    new="points: {each_action: every time}",
)
def points_each_action(old: Agreement, new: Agreement) -> Iterator[Difference]:
    """Doing the same thing again adds points, or does so no longer."""
    if not (old.sections.points and new.sections.points):
        return
    before, after = ((side.sections.points.each_action if side.sections.points else None) for side in (old, new))
    if (before or "every time") == (after or "every time"):
        return
    sides, follows = follows_from_fields(old, new, ("points", "each_action"), "points")
    is_once = after == "once"
    message = (
        say("An action counts once, however often it is repeated")
        if is_once
        else say("An action counts every time it is repeated")
    )
    path: Path = ("points", "each_action")
    yield Difference(
        "points",
        message,
        sides,
        path if before else ("points",),
        path if after else ("points",),
        is_once,
        follows=follows,
    )


@change(
    "points-lost-changed",
    "Points are lost otherwise",
    alike="a lead may lose points it kept and keep points it lost, whichever way one looks",
    covers=("points", "points.lost.*.when", "points.lost.*.points", "points.lost.when", "points.lost.points"),
    old="""
        fields: {last_visit: {is: days ago}}
        points: {lost: {when: {last_visit: at least 30 days}, points: 10}}
        """,
    new="""
        fields: {last_visit: {is: days ago}}
        points: {lost: {when: {last_visit: at least 60 days}, points: 10}}
        """,
)
def points_lost(old: Agreement, new: Agreement) -> Iterator[Difference]:
    """
    Leads lose points for another reason, or another number of them; or points are counted at all from now on.

    What that does to the stages that ask for points is proved, and told below it.
    """
    before, after = (side.sections.points for side in (old, new))
    if _losses(before.lost if before else None) == _losses(after.lost if after else None) and (
        (before is None) is (after is None)
    ):
        return
    edited: Path = ("points", "lost") if before and after else ("points",)
    sides, follows = follows_from_fields(old, new, edited, "points")
    path: Path = ("points", "lost")
    yield Difference(
        "points",
        say("Leads lose points otherwise than before")
        if before and after
        else say("How points are counted is new")
        if after
        else say("How points are counted is no longer said"),
        sides,
        (path if before.lost else ("points",)) if before else None,
        (path if after.lost else ("points",)) if after else None,
        follows=follows,
    )


def _losses(lost: LostPoints | list[LostPoints] | None) -> object:
    return essence([frozenset({("when", asked(one.when)), ("points", one.points)}) for one in as_list(lost)])
