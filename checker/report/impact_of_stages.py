"""Leads that count under only one of two texts, in sentences: how many, what became of them, and which they are."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction

from checker.impact import Impact, Part, StageImpact
from checker.message import Message, Written, all_of, say, say_counted
from checker.quantity import Share

MOST_LEADS = 20
"""So many ids are shown; `--format json` has them all."""
_SMALL = Fraction(1, 10)
"""Of so few that were handed over, what became of them says nothing of all."""


MOST_LINES = 40
"""So many lines of a detail are shown."""


@dataclass(frozen=True, slots=True)
class Detail:
    """Lines that a reader may unfold, below what they are."""

    title: Message
    lines: tuple[Message, ...]

    @property
    def shown(self) -> tuple[Message, ...]:
        """As many lines as anybody reads, and how many there are besides."""
        left = len(self.lines) - MOST_LINES
        if left <= 0:
            return self.lines
        return (*self.lines[:MOST_LINES], say_counted("and {count} more line", "and {count} more lines", count=left))


def stage_sentences(stage: StageImpact, impact: Impact) -> Iterator[Message]:
    """What a stage takes under the new text, and what is known of those who come in and fall out."""
    yield say_counted(
        "Of {count} lead that came in {period}, {before} counted as {stage} and {after} would have: {difference}.",
        "Of {count} leads that came in {period}, {before} counted as {stage} and {after} would have: {difference}.",
        count=stage.among,
        period=impact.period,
        before=stage.before.count,
        after=stage.after.count,
        stage=stage.label,
        difference=_difference(stage),
    )
    if stage.gained.count:
        yield from _came_in(stage)
    if stage.lost.count:
        yield from _fell_out(stage)
    if stage.invented_gained is not None:
        yield say("No real lead of this time comes in. An invented one that would: {lead}.", lead=stage.invented_gained)
    if stage.invented_lost is not None:
        yield say("No real lead of this time falls out. An invented one that would: {lead}.", lead=stage.invented_lost)
    if stage.cannot_tell:
        yield say_counted(
            "Of {count} of them it cannot be told, because a field is blank that one of the two texts asks for.",
            "Of {count} of them it cannot be told, because a field is blank that one of the two texts asks for.",
            count=stage.cannot_tell,
        )
    if stage.has_old_points:
        yield say("The points in the data were counted by other rules: what new points would change cannot be seen.")


def _difference(stage: StageImpact) -> Message:
    gained, lost = stage.gained.count, stage.lost.count
    if gained and lost:
        return say("{gained} come in, {lost} fall out", gained=gained, lost=lost)
    if gained:
        return say("{gained} more", gained=gained)
    return say("{lost} fewer", lost=lost) if lost else say("the same ones")


def _came_in(stage: StageImpact) -> Iterator[Message]:
    """How many of the leads that come in bought, held against those that counted."""
    gained, before = stage.gained, stage.before
    if gained.customers is None or before.customers is None:
        return
    yield say(
        "{bought}, against {others}.",
        bought=_bought(
            gained,
            say_counted("The {count} that comes in", "Of the {count} that come in", count=gained.count),
        ),
        others=_part_of(before.customers, before.count, say("that counted")),
    )
    if gained.handed_over is not None and gained.handed_over <= _SMALL * gained.count:
        yield say_counted(
            "But sales got {handed} of them: that says little about how good they are.",
            "But sales got only {handed} of these {count}: that says little about how good they are.",
            count=gained.count,
            handed=gained.handed_over,
        )
    elif stage.too_few is not None:
        yield _evidence(is_too_few=stage.too_few)


def _fell_out(stage: StageImpact) -> Iterator[Message]:
    """How many of the leads that fall out bought, held against those that stay."""
    lost, before = stage.lost, stage.before
    if lost.customers is None or before.customers is None:
        return
    stay = before.count - lost.count
    bought = _bought(lost, say_counted("The {count} that falls out", "Of the {count} that fall out", count=lost.count))
    if not stay:
        yield say("{bought}.", bought=bought)
        return
    others = _part_of(before.customers - lost.customers, stay, say("that stay"))
    yield say("{bought}, against {others}.", bought=bought, others=others)
    if stage.lost_too_few is not None:
        yield _evidence(is_too_few=stage.lost_too_few)


def _bought(part: Part, who: Message) -> Message:
    customers = part.customers or 0
    if part.count == 1:
        return say("{who} bought", who=who) if customers else say("{who} did not buy", who=who)
    if not customers:
        return say("{who} none bought", who=who)
    share = Share(Fraction(customers, part.count))
    return say("{who} {customers} bought ({share})", who=who, customers=customers, share=share)


def _part_of(customers: int, count: int, which: Message) -> Message:
    if not count:
        return say("none {which}", which=which)
    share = Share(Fraction(customers, count))
    return say(
        "{customers} of the {count} {which} ({share})", customers=customers, count=count, which=which, share=share
    )


def _evidence(*, is_too_few: bool) -> Message:
    if is_too_few:
        return say("These are too few to tell a difference from chance.")
    return say("Chance alone would seldom make such a difference.")


def details_of_stage(stage: StageImpact) -> Iterator[Detail]:
    """The leads by channel and persona, and their ids."""
    changed = [group for group in stage.groups if group.gained or group.lost]
    without = {"channel": say("Without a channel"), "persona": say("Without a persona")}
    if changed:
        yield Detail(
            say("{stage} by channel and persona", stage=stage.label),
            tuple(
                _with_customers(
                    say(
                        "{group}: {after} instead of {before}",
                        group=group.label or without[group.by],
                        after=group.after,
                        before=group.before,
                    ),
                    group.gained_customers,
                    group.lost_customers,
                )
                for group in changed
            ),
        )
    if stage.gained.count:
        came = say_counted("The {count} lead that comes in", "The {count} leads that come in", count=stage.gained.count)
        yield Detail(came, (ids(stage.gained.leads),))
    if stage.lost.count:
        fell = say_counted("The {count} lead that falls out", "The {count} leads that fall out", count=stage.lost.count)
        yield Detail(fell, (ids(stage.lost.leads),))


def _with_customers(group: Message, gained: int | None, lost: int | None) -> Message:
    """And how many of the leads that come in or fall out bought; nothing where nobody did."""
    if gained and lost:
        return say(
            "{group} ({gained} of those who come in bought, {lost} of those who fall out)",
            group=group,
            gained=gained,
            lost=lost,
        )
    if gained:
        return say("{group} ({gained} of those who come in bought)", group=group, gained=gained)
    return say("{group} ({lost} of those who fall out bought)", group=group, lost=lost) if lost else group


def ids(leads: Sequence[str]) -> Message:
    """The first of some leads, by their ids."""
    shown = all_of(leads[:MOST_LEADS]) if len(leads) <= MOST_LEADS else Written(", ".join(leads[:MOST_LEADS]))
    left = len(leads) - MOST_LEADS
    if left <= 0:
        return say("{leads}", leads=shown)
    return say_counted("{leads} and {count} more", "{leads} and {count} more", count=left, leads=shown)
