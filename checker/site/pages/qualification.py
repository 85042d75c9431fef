"""Qualification: what must be true of a lead at each stage, the four questions, ranks and points."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from markupsafe import Markup

from checker.agreement.base import as_list
from checker.agreement.conditions import AllOf, FieldIs, Kind, question
from checker.agreement.fields import Field
from checker.agreement.stages import Rank
from checker.finding import Path
from checker.message import Message, say
from checker.report.condition_words import Criterion
from checker.report.names import team
from checker.site.basis import Basis
from checker.site.page import Page
from checker.site.pages.grounds import grounds_in_words

PATH = "qualification.md"
QUESTIONS: dict[str, Message] = {
    "budget": say("Budget: is there money for it?"),
    "authority": say("Authority: does this person decide?"),
    "need": say("Need: is there a problem to solve?"),
    "timeline": say("Timeline: when is it wanted?"),
}
NEXT_STEPS: dict[str, Message] = {
    "close": say("closed"),
    "nurture": say("taught further"),
    "repair": say("repaired"),
    "merge": say("merged with the other"),
    "find contact": say("the right contact is looked for"),
}


@dataclass(frozen=True)
class Judged:
    """A stage or a named group, and its criteria."""

    id: str
    entry: Any
    criteria: tuple[Criterion, ...]
    grounds: Markup = Markup("")


@dataclass(frozen=True)
class Bant:
    """One of the four questions."""

    question: Message
    fields: tuple[str, ...]
    path: Path
    answers: Markup
    yes: Markup
    otherwise: Markup


@dataclass(frozen=True)
class RankLine:
    """A line of the ranking."""

    entry: Rank
    condition: Markup


@dataclass(frozen=True)
class Scored:
    """An action with its points; `width` is of a bar 120 wide."""

    id: str
    mode: str
    points: int | None
    width: float
    is_for_sales: bool


def qualification(basis: Basis) -> Page:
    """The page."""
    agreement = basis.agreement
    conditions = agreement.named_conditions
    return basis.page(
        PATH,
        "qualification.md.j2",
        basis.voice.gettext("Qualification"),
        ("stages",),
        tags=(basis.voice.gettext("marketing"), basis.voice.gettext("sales")),
        stages=[Judged(name, stage, _criteria(basis, conditions, name)) for name, stage in agreement.stages.items()],
        groups=[
            Judged(name, group, _criteria(basis, conditions, name), grounds_in_words(basis, group.built_from))
            for name, group in (agreement.sections.groups or {}).items()
        ],
        bant=list(_bant(basis)),
        ranking=[_rank_line(basis, index, rank) for index, rank in enumerate(agreement.sections.ranking or ())],
        actions=list(_actions(basis)),
        points_rule=_points_rule(basis),
        lost_points=list(_lost_points(basis)),
        modes=list(_modes(basis)),
    )


def _criteria(basis: Basis, conditions: Any, name: str) -> tuple[Criterion, ...]:
    return basis.sentences.criteria(conditions[name]) if name in conditions else ()


# ---------------------------------------------------------------- BANT


def _bant(basis: Basis) -> Iterator[Bant]:
    voice = basis.voice
    for letter, asked in QUESTIONS.items():
        fields = {name: field for name, field in basis.agreement.fields.items() if field.bant == letter}
        reasons = [
            (name, reason)
            for name, reason in (basis.agreement.sections.return_reasons or {}).items()
            if reason.bant == letter
        ]
        if not fields and not reasons:
            continue
        yes = [voice.say(basis.sentences.inline(_alone(leaf))) for leaf in _asked(basis, fields)]
        otherwise = [
            voice.gettext("{reason}: {step}", reason=basis.names.reason(name), step=voice.say(NEXT_STEPS[reason.then]))
            for name, reason in reasons
        ]
        yield Bant(
            asked,
            tuple(basis.names.field(name) for name in fields),
            ("fields", *list(fields)[:1]),
            Markup("; ").join(_answers(basis, field) for field in fields.values()) or Markup("–"),
            Markup("<br>").join(dict.fromkeys(yes)) or Markup("–"),
            Markup("<br>").join(otherwise) or Markup("–"),
        )


def _alone(leaf: FieldIs) -> AllOf:
    return AllOf((leaf,), leaf.path)


def _asked(basis: Basis, fields: dict[str, Field]) -> Iterator[FieldIs]:
    """Every test of the stages' criteria that asks one of these fields."""
    for name in basis.agreement.stages:
        if name in basis.agreement.named_conditions:
            for leaf in basis.agreement.reached(basis.agreement.named_conditions[name]):
                if leaf.field in fields and leaf.test.kind is not Kind.NOT_ONE_OF:
                    yield leaf


def _answers(basis: Basis, field: Field) -> Markup:
    if field.values:
        return basis.voice.names(field.values, "or")
    if field.is_ == "months":
        return basis.voice.gettext("a number of months")
    return basis.voice.gettext("any")


# ---------------------------------------------------------------- ranks and points


def _rank_line(basis: Basis, index: int, rank: Rank) -> RankLine:
    if rank.when is None:
        return RankLine(rank, basis.voice.gettext("every other lead"))
    condition = question(rank.when, ("ranking", index, "when"))
    return RankLine(rank, basis.voice.say(basis.sentences.inline(condition)))


def _actions(basis: Basis) -> Iterator[Scored]:
    sections = basis.agreement.sections
    actions = sections.actions or {}
    modes = sections.modes or {}
    most = max((action.points or 0 for action in actions.values()), default=0) or 1
    for name, action in actions.items():
        mode = modes.get(action.mode or "")
        label = basis.names.prose(mode.name if mode else None) or (action.mode or "–")
        for_sales = mode is not None and mode.contact_by == "sales"
        yield Scored(name, label, action.points, 120 * (action.points or 0) / most, for_sales)


def _points_rule(basis: Basis) -> Markup:
    points = basis.agreement.sections.points
    if points is None:
        return Markup("")
    voice = basis.voice
    if points.over is not None and points.each_action == "once":
        return voice.gettext("Each action of the last {time} counts once.", time=points.over)
    if points.over is not None:
        return voice.gettext("Each action of the last {time} counts, every time it is done.", time=points.over)
    if points.each_action == "once":
        return voice.gettext("Each action counts once.")
    return voice.gettext("Each action counts, every time it is done.")


def _lost_points(basis: Basis) -> Iterator[Markup]:
    points = basis.agreement.sections.points
    for lost in as_list(points.lost if points else None):
        condition = question(lost.when, ("points", "lost", "when"))
        said = basis.voice.ngettext(
            "{count} point is lost where {condition}",
            "{count} points are lost where {condition}",
            count=lost.points,
            condition=basis.voice.say(basis.sentences.inline(condition)),
        )
        yield basis.with_pencil(said, ("points", "lost"))


def _modes(basis: Basis) -> Iterator[Markup]:
    for name, mode in (basis.agreement.sections.modes or {}).items():
        label = basis.names.prose(mode.name) or name
        means = basis.names.prose(mode.means)
        if mode.contact_by and means:
            said = basis.voice.gettext(
                "{mode} mode: {means}. Contacted by: {team}.", mode=label, means=means, team=team(mode.contact_by)
            )
            yield basis.with_pencil(said, ("modes", name))
        elif means:
            said = basis.voice.gettext("{mode} mode: {means}.", mode=label, means=means)
            yield basis.with_pencil(said, ("modes", name))
