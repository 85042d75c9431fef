"""Named groups of conditions, and what they were made from."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from checker.agreement import Agreement
from checker.change import Difference, Sides
from checker.changes.deadlines import promise_levels, promise_levels_shifted
from checker.changes.effects import (
    asked,
    compared,
    consequences,
    leads_to,
    reached_names,
)
from checker.changes.entries import come_and_gone, essence, in_both
from checker.changes.kind import change
from checker.changes.lists import ranking, routing
from checker.changes.promises import promise_scope, promise_scope_shifted
from checker.changes.showing import example, named
from checker.changes.sides import (
    NOBODY,
)
from checker.finding import Path
from checker.logic.proof import Comparison, Direction
from checker.message import Message, say

_CONDITIONS = (
    "groups.*.all",
    "groups.*.any",
    "groups.*.none_of",
    "groups.*.at_least",
    "groups.*.of",
    "groups.*.meets",
    "groups.*.FIELD",
)


def _told_group(agreement: Agreement, name: str, _: object) -> tuple[Message, Message]:
    return (
        say("“{group}” has conditions of its own now", group=named(agreement, name, "groups")),
        say("“{group}” has no conditions of its own any more", group=named(agreement, name, "groups")),
    )


@change(
    "group-added",
    "A group of conditions is new",
    mirror=("group-dropped", "A group of conditions is gone"),
    covers=("groups",),
    old="fields: {employees: {is: whole number}}",
    new="""
        fields: {employees: {is: whole number}}
        groups: {large: {employees: at least 50}}
        """,
)
def groups_come_and_go(old: Agreement, new: Agreement) -> Iterator[Difference]:
    """
    Conditions have got a name, or lost it.

    By itself that changes nothing for anybody: whoever uses the group is told as a change of its own.
    """
    yield from come_and_gone(old, new, "groups", _told_group, NOBODY)


@change(
    "group-stricter",
    "Fewer leads fit a group",
    mirror=("group-looser", "More leads fit a group"),
    covers=_CONDITIONS,
    old="""
        fields: {employees: {is: whole number}}
        groups: {large: {employees: at least 50}}
        stages:
          mql: {team: marketing, meets: large}
          customer: {team: sales, is: won}
        """,
    new="""
        fields: {employees: {is: whole number}}
        groups: {large: {employees: at least 80}}
        stages:
          mql: {team: marketing, meets: large}
          customer: {team: sales, is: won}
        """,
)
def groups_stricter_or_looser(old: Agreement, new: Agreement) -> Iterator[Difference]:
    """
    The conditions of a group take fewer leads than before, or more.

    It is judged by the stages that ask for the group; what becomes of them is told below it. This is proved, and a lead
    is shown that makes the difference.
    """
    for name, comparison in _changed_groups(old, new):
        if comparison.direction in (Direction.STRICTER, Direction.LOOSER):
            yield _group(old, new, name, comparison, is_mirrored=comparison.direction is Direction.LOOSER)


@change(
    "group-shifted",
    "Other leads fit a group",
    alike="some leads are gained and others lost, whichever way one looks",
    covers=_CONDITIONS,
    old="""
        fields: {employees: {is: whole number}, country: {is: text}}
        groups: {target: {employees: at least 50}}
        stages:
          mql: {team: marketing, meets: target}
          customer: {team: sales, is: won}
        """,
    new="""
        fields: {employees: {is: whole number}, country: {is: text}}
        groups: {target: {country: Brazil}}
        stages:
          mql: {team: marketing, meets: target}
          customer: {team: sales, is: won}
        """,
)
def groups_shifted(old: Agreement, new: Agreement) -> Iterator[Difference]:
    """
    Some leads fit the group that did not before, and some no longer do; a lead is shown for each.

    Where the proof could not be made, the change is told here too, without leads.
    """
    for name, comparison in _changed_groups(old, new):
        if comparison.direction in (Direction.SHIFTED, None):
            yield _group(old, new, name, comparison, is_mirrored=False)


def _changed_groups(old: Agreement, new: Agreement) -> Iterator[tuple[str, Comparison]]:
    """Groups that are written otherwise and take other leads."""
    for name, before, after in in_both(old, new, "groups"):
        if asked(before) == asked(after):
            continue
        first, second = (side.named_conditions[name] for side in (old, new))
        comparison = compared(old, new, first, second)
        if comparison.direction is not Direction.SAME:
            yield name, comparison


def _group(old: Agreement, new: Agreement, name: str, comparison: Comparison, *, is_mirrored: bool) -> Difference:
    group = named(new, name, "groups")
    if comparison.direction is Direction.STRICTER:
        message = say("Fewer leads fit “{group}”", group=group)
    elif comparison.direction is Direction.LOOSER:
        message = say("More leads fit “{group}”", group=group)
    elif comparison.direction is Direction.SHIFTED:
        message = say("Other leads fit “{group}”", group=group)
    else:
        message = say("“{group}” has other conditions; whether other leads fit could not be proved", group=group)
    path = ("groups", name)
    sides, follows = consequences(
        old, new, path, lambda stage: leads_to(old, stage, name) or leads_to(new, stage, name)
    )
    if not follows:
        sides = _of_other_uses(old, new, name)
    return Difference(
        name,
        message,
        sides,
        path,
        path,
        is_mirrored,
        example(comparison.lost, old),
        example(comparison.gained, new),
        follows,
    )


def _only_stages_use(agreement: Agreement, group: str) -> bool:
    """Whether nobody but stages and other groups asks for a group; what that does has been judged."""
    return all(
        path[0] in ("stages", "groups")
        for node, path in agreement.written_conditions()
        if group in reached_names(agreement, node)
    )


def _of_other_uses(old: Agreement, new: Agreement, group: str) -> Sides:
    """What becomes of the promises and lists that ask for a group, which are told as changes of their own."""
    sides = NOBODY
    for comparison in (promise_levels, promise_levels_shifted, promise_scope, promise_scope_shifted, routing, ranking):
        for found in comparison.find(old, new):
            paths = [path for path in (found.old, found.new) if path]
            if any(_leads_to_group(side, paths, group) for side in (old, new)):
                sides |= found.sides
    return sides


def _leads_to_group(agreement: Agreement, paths: Sequence[Path], group: str) -> bool:
    """Whether a condition of the promise or list at some paths leads to a group."""
    return any(
        group in reached_names(agreement, node)
        for node, at in agreement.written_conditions()
        for path in paths
        if at[:2] == path[:2] or at[0] == path[0] == "ranking"
    )


def _group_name(agreement: Agreement, name: str, _: object = None) -> Message:
    return say("“{group}”", group=named(agreement, name, "groups"))


@change(
    "grounds-changed",
    "A definition rests on other evidence",
    alike="other evidence is other evidence, whichever way one looks",
    covers=(
        "groups.*.built_from.customers",
        "groups.*.built_from.last_won",
        "groups.*.built_from.interviews",
        "groups.*.built_from.with",
        "groups.*.built_from.last_review",
        "groups.*.built_from.review_every",
        "personas.*.built_from.customers",
        "personas.*.built_from.last_won",
        "personas.*.built_from.interviews",
        "personas.*.built_from.with",
        "personas.*.built_from.last_review",
        "personas.*.built_from.review_every",
    ),
    old="personas: {director: {built_from: {interviews: 3}}}",
    new="personas: {director: {built_from: {interviews: 6}}}",
)
def grounds(old: Agreement, new: Agreement) -> Iterator[Difference]:
    """
    A group or persona was looked at again: more customers, a later review, other people.

    Nobody owes anything else for that, but whoever trusts the definition may want to know.
    """
    for section in ("groups", "personas"):
        for name, before, after in in_both(old, new, section):
            if essence(before.built_from) != essence(after.built_from):
                path = (section, name, "built_from")
                yield Difference(
                    name,
                    say("“{name}” rests on other evidence", name=named(new, name, section)),
                    NOBODY,
                    path if before.built_from else path[:2],
                    path if after.built_from else path[:2],
                )
