"""Who counts: stages, and the conditions that a lead must meet for them."""

from __future__ import annotations

from collections.abc import Iterator

from checker.agreement import Agreement
from checker.change import Difference, Sides
from checker.changes.effects import (
    asked,
    asks_about,
    consequences,
    effects,
    effects_of,
    in_words,
    is_own,
    leads_to,
    sides_of,
)
from checker.changes.entries import Key, come_and_gone, essence, in_both, moved
from checker.changes.kind import change
from checker.changes.showing import example, named
from checker.changes.sides import (
    BOTH_SHIFTED,
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
    for name, together in effects(old, new).items():
        if is_own(old, new, name):
            yield name, effects_of(old, new, ("stages", name)).get(name, together)
        elif not _is_told_elsewhere(old, new, name):
            yield name, together


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
    further, follows = consequences(
        old, new, ("stages", name), lambda other: leads_to(old, other, name) or leads_to(new, other, name)
    )
    own = sides_of(comparison, bar_raised(old, new, name))
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
