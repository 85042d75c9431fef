"""For which of the two sides something is stricter, looser, heavier or lighter."""

from __future__ import annotations

from checker.agreement import Agreement
from checker.change import Direction, Sides
from checker.message import Message, say

NOBODY = Sides()
BOTH_SHIFTED = Sides(Direction.SHIFTED, Direction.SHIFTED)
STRICTER, LOOSER, HEAVIER, LIGHTER, SHIFTED = (
    Direction.STRICTER,
    Direction.LOOSER,
    Direction.HEAVIER,
    Direction.LIGHTER,
    Direction.SHIFTED,
)


def side_of(team: str, direction: Direction) -> Sides:
    """A change for one team; `both` are both sides, and a team that is neither of the two is nobody's side."""
    return Sides(
        direction if team in ("marketing", "both") else Direction.SAME,
        direction if team in ("sales", "both") else Direction.SAME,
    )


def both(direction: Direction) -> Sides:
    """The same for both sides."""
    return Sides(direction, direction)


def handoff_stage(agreement: Agreement) -> str | None:
    """The stage at which leads are handed over: as written, else the last of marketing's before the first of sales."""
    handoff = agreement.sections.handoff
    if handoff is not None:
        return handoff.stage
    found = None
    for name, stage in agreement.stages.items():
        if stage.team == "sales":
            return found
        found = name
    return None


def bar_raised(old: Agreement, new: Agreement, stage: str) -> Sides:
    """What it is for each side when fewer leads reach a stage: its team has a higher bar to meet, and where leads are
    handed over there, before or after, the others get fewer.
    """
    return _bar_raised(old, stage) | _bar_raised(new, stage)


def _bar_raised(agreement: Agreement, stage: str) -> Sides:
    team = agreement.stages[stage].team if stage in agreement.stages else ""
    raised = side_of(team, STRICTER)
    return raised | side_of("sales", LIGHTER) if _hands_over(agreement, stage, team) else raised


def more_wanted(agreement: Agreement, stage: str, team: str) -> Sides:
    """What it is for each side when more leads of a stage are wanted of a team."""
    wanted = side_of(team, STRICTER)
    return wanted | side_of("sales", HEAVIER) if _hands_over(agreement, stage, team) else wanted


def _hands_over(agreement: Agreement, stage: str, team: str) -> bool:
    """Whether a team hands leads over to the other side at a stage."""
    return team == "marketing" and stage == handoff_stage(agreement)


TEAMS: dict[str, Message] = {"marketing": say("marketing"), "sales": say("sales"), "both": say("both teams")}
AT_THE_START: dict[str, Message] = {"marketing": say("Marketing"), "sales": say("Sales"), "both": say("Both teams")}


def team_named(team: str, *, starts: bool = False) -> Message:
    """A side as a sentence names it, at its start or inside."""
    known = (AT_THE_START if starts else TEAMS).get(team)
    if known is not None:
        return known
    shown = team.replace("_", " ")
    return say("{name}", name=shown[:1].upper() + shown[1:] if starts else shown)
