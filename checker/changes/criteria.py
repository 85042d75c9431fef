"""Who counts: stages, their conditions, and the named groups that these lead to."""

from __future__ import annotations

from collections.abc import Iterator

from checker.agreement import Agreement
from checker.change import Difference, Sides
from checker.changes.effects import (
    asked,
    asks_about,
    compared,
    consequences,
    effects,
    in_words,
    is_own,
    is_used,
    leads_to,
    sides_of,
)
from checker.changes.entries import Key, come_and_gone, essence, in_both, moved
from checker.changes.kind import change
from checker.changes.showing import example, named
from checker.changes.sides import (
    BOTH_SHIFTED,
    HEAVIER,
    LIGHTER,
    NOBODY,
    SHIFTED,
    STRICTER,
    bar_raised,
    side_of,
    team_named,
)
from checker.logic.proof import Comparison, Direction
from checker.message import Message, say

_CONDITIONS = (
    "stages.*.all",
    "stages.*.any",
    "stages.*.none_of",
    "stages.*.at_least",
    "stages.*.of",
    "stages.*.meets",
    "stages.*.FIELD",
)
_GROUP_CONDITIONS = tuple(key.replace("stages", "groups") for key in _CONDITIONS)


def _stage(agreement: Agreement, name: str, _: object = None) -> Message:
    return say("{name}", name=named(agreement, name, "stages"))


def _told_stage(agreement: Agreement, name: str, _: object) -> tuple[Message, Message]:
    return (
        say("{stage} is a stage of its own now", stage=named(agreement, name, "stages")),
        say("{stage} is no stage any more", stage=named(agreement, name, "stages")),
    )


def _stage_sides(agreement: Agreement, name: str, _: object) -> Sides:
    return side_of(agreement.stages[name].team, SHIFTED)


@change(
    "stage-added",
    "A stage is new",
    mirror=("stage-dropped", "A stage is gone"),
    covers=("stages",),
    old="""
        stages:
          mql: {team: marketing}
          customer: {team: sales, is: won}
        """,
    new="""
        stages:
          mql: {team: marketing}
          sql: {team: sales, accepted: yes}
          customer: {team: sales, is: won}
        """,
)
def stages_come_and_go(old: Agreement, new: Agreement) -> Iterator[Difference]:
    """
    The way of a buyer has one step more, or one less.

    The team that brings leads to that stage works otherwise than before. Rates and targets of the stage are changes of
    their own.
    """
    yield from come_and_gone(old, new, "stages", _told_stage, _stage_sides)


@change(
    "stages-reordered",
    "Stages stand in another order",
    alike="another order the other way round is still another order",
    covers=("stages",),
    old="stages: {lead: {team: marketing}, mql: {team: marketing}, sql: {team: sales}}",
    new="stages: {mql: {team: marketing}, lead: {team: marketing}, sql: {team: sales}}",
)
def stages_reordered(old: Agreement, new: Agreement) -> Iterator[Difference]:
    """
    Buyers go through the stages in another order.

    Stages are the one section whose order says something: which rate leads from where to where, and what "MQL or later"
    means.
    """
    before = [name for name in old.stages if name in new.stages]
    after = [name for name in new.stages if name in old.stages]
    for first, second in zip(before, after, strict=True):
        if first != second:
            yield Difference(
                second,
                say(
                    "{stage} comes where {other} came before",
                    stage=named(new, second, "stages"),
                    other=named(old, first, "stages"),
                ),
                BOTH_SHIFTED,
                ("stages", second),
                ("stages", second),
            )
            return


@change(
    "criterion-stricter",
    "Fewer leads reach a stage",
    mirror=("criterion-looser", "More leads reach a stage"),
    covers=_CONDITIONS,
    old="""
        fields: {employees: {is: whole number}}
        stages:
          mql: {team: marketing, employees: at least 20}
          customer: {team: sales, is: won}
        """,
    new="""
        fields: {employees: {is: whole number}}
        stages:
          mql: {team: marketing, employees: at least 50}
          customer: {team: sales, is: won}
        """,
)
def criteria_stricter_or_looser(old: Agreement, new: Agreement) -> Iterator[Difference]:
    """
    Every lead that reaches the stage now reached it before, and some that did no longer do; or the other way round.

    This is proved of all leads that there could be, and a lead is shown that makes the difference. A condition that is
    only written otherwise is no change. The team that brings leads to the stage has a higher bar to meet; where leads
    are handed over there, the other one gets fewer.
    """
    for name, comparison in _told_here(old, new):
        if comparison.direction in (Direction.STRICTER, Direction.LOOSER):
            is_looser = comparison.direction is Direction.LOOSER
            yield _criterion(old, new, name, comparison, is_mirrored=is_looser)


@change(
    "criterion-shifted",
    "Other leads reach a stage",
    alike="some leads are gained and others lost, whichever way one looks",
    covers=_CONDITIONS,
    old="""
        fields: {employees: {is: whole number}, country: {is: text}}
        stages:
          mql: {team: marketing, employees: at least 20}
          customer: {team: sales, is: won}
        """,
    new="""
        fields: {employees: {is: whole number}, country: {is: text}}
        stages:
          mql: {team: marketing, country: Brazil}
          customer: {team: sales, is: won}
        """,
)
def criteria_shifted(old: Agreement, new: Agreement) -> Iterator[Difference]:
    """
    Some leads reach the stage that did not before, and some no longer do.

    A lead is shown for each. Where the proof could not be made, because the solver is not installed or the conditions
    cannot be read, the change is told here too, without leads.
    """
    for name, comparison in _told_here(old, new):
        if comparison.direction in (Direction.SHIFTED, None):
            yield _criterion(old, new, name, comparison, is_mirrored=False)


def _told_here(old: Agreement, new: Agreement) -> Iterator[tuple[str, Comparison]]:
    """Stages with other leads that are written otherwise themselves, or for which nothing else accounts."""
    for name, comparison in effects(old, new).items():
        if is_own(old, new, name) or not _is_told_elsewhere(old, new, name):
            yield name, comparison


def _is_told_elsewhere(old: Agreement, new: Agreement, stage: str) -> bool:
    groups = [name for name, before, after in in_both(old, new, "groups") if asked(before) != asked(after)]
    groups += [name for name in effects(old, new) if name != stage and is_own(old, new, name)]
    if any(leads_to(side, stage, name) for side in (old, new) for name in groups):
        return True
    if asks_about(new, stage, "points", "mode", "last_action") and any(
        essence(getattr(old.sections, name)) != essence(getattr(new.sections, name)) for name in ("actions", "points")
    ):
        return True
    fields = [name for name, before, after in in_both(old, new, "fields") if essence(before) != essence(after)]
    return asks_about(new, stage, *fields)


def _criterion(old: Agreement, new: Agreement, name: str, comparison: Comparison, *, is_mirrored: bool) -> Difference:
    others = (
        other
        for other in effects(old, new)
        if other != name and (leads_to(old, other, name) or leads_to(new, other, name))
    )
    further, follows = consequences(old, new, others)
    own = sides_of(comparison, bar_raised(new, name))
    return Difference(
        name,
        in_words(comparison, new, name),
        own | further,
        ("stages", name),
        ("stages", name),
        is_mirrored,
        example(comparison.lost, old),
        example(comparison.gained, new),
        follows,
    )


@change(
    "stage-handed-over",
    "Another team brings leads to a stage",
    alike="what one team gives the other takes, whichever way one looks",
    covers=("stages.*.team",),
    old="stages: {lead: {team: marketing}, mql: {team: marketing}, customer: {team: sales}}",
    new="stages: {lead: {team: marketing}, mql: {team: sales}, customer: {team: sales}}",
)
def stage_handed_over(old: Agreement, new: Agreement) -> Iterator[Difference]:
    """
    One team takes over from the other what has to be done until a lead reaches the stage.

    It owes more from now on, and the other owes less.
    """
    for name, before, after in in_both(old, new, "stages"):
        if before.team != after.team:
            yield Difference(
                name,
                say(
                    "{team} brings leads to {stage}, and no longer {other}",
                    team=team_named(after.team, starts=True),
                    stage=named(new, name, "stages"),
                    other=team_named(before.team),
                ),
                side_of(after.team, STRICTER) | side_of(before.team, STRICTER).mirrored,
                ("stages", name, "team"),
                ("stages", name, "team"),
            )


@change(
    "stage-role-changed",
    "A stage counts as something else",
    alike="a stage that gains a part in the plan and one that loses it both make other numbers",
    covers=("stages.*.is",),
    old="stages: {lead: {team: marketing}, deal: {team: sales}, customer: {team: sales, is: won}}",
    new="stages: {lead: {team: marketing}, deal: {team: sales, is: pipeline}, customer: {team: sales, is: won}}",
)
def stage_role(old: Agreement, new: Agreement) -> Iterator[Difference]:
    """
    A stage is the open pipeline, the won deals or the nameless visitors, or is that no longer.

    The sales cycle, the size of a deal and the pipeline's coverage are reckoned at other stages from then on.
    """
    yield from moved(old, new, "stages", [Key("is_", say("its part in the plan"), alias="is")], _stage)


# ---------------------------------------------------------------- groups


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
    covers=_GROUP_CONDITIONS,
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
    covers=_GROUP_CONDITIONS,
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
    reaching = (stage for stage in effects(old, new) if leads_to(old, stage, name) or leads_to(new, stage, name))
    sides, follows = consequences(old, new, reaching)
    if sides == NOBODY and is_used(new, name):
        sides = BOTH_SHIFTED
    path = ("groups", name)
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


# ---------------------------------------------------------------- modes


def _told_mode(agreement: Agreement, name: str, _: object) -> tuple[Message, Message]:
    return (
        say("There is a mode “{mode}” now", mode=named(agreement, name, "modes")),
        say("There is no mode “{mode}” any more", mode=named(agreement, name, "modes")),
    )


@change(
    "mode-added",
    "A mode is new",
    mirror=("mode-dropped", "A mode is gone"),
    covers=("modes",),
    old="modes: {information: {means: Wants to learn}}",
    new="modes: {information: {means: Wants to learn}, buying: {means: Wants to solve it now}}",
)
def modes_come_and_go(old: Agreement, new: Agreement) -> Iterator[Difference]:
    """People are told apart in one more way by what they did last, or in one less."""
    yield from come_and_gone(old, new, "modes", _told_mode, BOTH_SHIFTED)


@change(
    "mode-contact-changed",
    "Another team contacts the leads of a mode",
    alike="what one team gives the other takes, whichever way one looks",
    covers=("modes.*.contact_by",),
    old="modes: {buying: {contact_by: sales}}",
    new="modes: {buying: {contact_by: marketing}}",
)
def mode_contact(old: Agreement, new: Agreement) -> Iterator[Difference]:
    """Leads in this mode are contacted by another team: it has more to do, and the first has less."""
    for name, before, after in in_both(old, new, "modes"):
        if before.contact_by == after.contact_by:
            continue
        sides = side_of(after.contact_by or "", HEAVIER) | side_of(before.contact_by or "", LIGHTER)
        mode = named(new, name, "modes")
        path = ("modes", name, "contact_by")
        if after.contact_by is None:
            message = say("Who contacts leads in the mode “{mode}” is no longer said", mode=mode)
        else:
            message = say(
                "Leads in the mode “{mode}” are contacted by {team}", mode=mode, team=team_named(after.contact_by)
            )
        yield Difference(
            name,
            message,
            sides,
            path if before.contact_by else path[:2],
            path if after.contact_by else path[:2],
        )
