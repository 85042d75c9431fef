"""What comes back from sales: outcomes, reasons to return a lead, and handing it over again."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from checker.agreement import Agreement
from checker.agreement.feedback import ReturnReason
from checker.change import Difference, Sides
from checker.changes.entries import Key, come_and_gone, in_both, instead, moved, only_in, placed
from checker.changes.kind import change
from checker.changes.showing import named, shown
from checker.changes.sides import BOTH_SHIFTED, HEAVIER, LIGHTER, LOOSER, SHIFTED, STRICTER, side_of, team_named
from checker.changes.spans import longer
from checker.finding import Path
from checker.message import Message, say


def _name(agreement: Agreement, name: str, _: object = None) -> Message:
    return say("Returned for “{reason}”", reason=named(agreement, name, "return_reasons"))


def _told(agreement: Agreement, name: str, _: object) -> tuple[Message, Message]:
    reason = named(agreement, name, "return_reasons")
    return (
        say("Sales may return leads for “{reason}”", reason=reason),
        say("Sales may no longer return leads for “{reason}”", reason=reason),
    )


@change(
    "return-reason-added",
    "Leads may be returned for one more reason",
    mirror=("return-reason-dropped", "Leads may be returned for one reason less"),
    covers=("return_reasons",),
    old="return_reasons: {bad_data: {found: before accepting, back_to: marketing, then: repair}}",
    new="""
        return_reasons:
          bad_data: {found: before accepting, back_to: marketing, then: repair}
          no_need: {found: before accepting, back_to: nobody, then: close}
        """,
)
def reasons_come_and_go(old: Agreement, new: Agreement) -> Iterator[Difference]:
    """Sales has one more way to say no, and marketing one more to be told no; or one less."""
    sides = side_of("sales", LOOSER) | side_of("marketing", STRICTER)
    yield from come_and_gone(old, new, "return_reasons", _told, sides)


@change(
    "return-handed-over",
    "Returned leads go to somebody else",
    alike="what one team gives the other takes, whichever way one looks",
    covers=("return_reasons.*.back_to",),
    old="return_reasons: {no_need: {found: after accepting, back_to: marketing, then: nurture}}",
    new="return_reasons: {no_need: {found: after accepting, back_to: sales, then: nurture}}",
)
def return_to(old: Agreement, new: Agreement) -> Iterator[Difference]:
    """Who has a returned lead next has more work, and who had it before has less."""
    for name, before, after in in_both(old, new, "return_reasons"):
        if before.back_to != after.back_to:
            path: Path = ("return_reasons", name, "back_to")
            yield Difference(
                name,
                say(
                    "{whose}: {team} has the lead next, and no longer {other}",
                    whose=_name(new, name),
                    team=_team(after),
                    other=_team(before),
                ),
                side_of(after.back_to, HEAVIER) | side_of(before.back_to, LIGHTER),
                path,
                path,
            )


def _team(reason: ReturnReason) -> Message:
    return say("nobody") if reason.back_to == "nobody" else team_named(reason.back_to)


@change(
    "return-step-sooner",
    "Returned leads are dealt with sooner",
    mirror=("return-step-later", "Returned leads are dealt with later"),
    covers=("return_reasons.*.within", "return_reasons.*.come_back_after"),
    old="return_reasons: {no_need: {found: after accepting, back_to: marketing, then: nurture, within: 10 days}}",
    new="return_reasons: {no_need: {found: after accepting, back_to: marketing, then: nurture, within: 5 days}}",
)
def return_times(old: Agreement, new: Agreement) -> Iterator[Difference]:
    """The team that has a returned lead must take its next step sooner, or may do so later."""
    for found, is_shifted in _times(old, new):
        if not is_shifted:
            yield found


@change(
    "return-step-moved",
    "Returned leads are dealt with at another time",
    alike="what only the calendar could weigh cannot be weighed the other way either",
    covers=("return_reasons.*.within", "return_reasons.*.come_back_after"),
    old="return_reasons: {no_need: {found: after accepting, back_to: marketing, then: nurture, within: 10 days}}",
    new="""
        return_reasons: {no_need: {found: after accepting, back_to: marketing, then: nurture, within: 8 business days}}
        """,
)
def return_times_shifted(old: Agreement, new: Agreement) -> Iterator[Difference]:
    """The time for the next step is counted in another way."""
    for found, is_shifted in _times(old, new):
        if is_shifted:
            yield found


def _times(old: Agreement, new: Agreement) -> Iterator[tuple[Difference, bool]]:
    keys = (
        Key("within", say("the time for the next step")),
        Key("come_back_after", say("when marketing contacts the lead again")),
    )
    for name, before, after in in_both(old, new, "return_reasons"):
        for key in keys:
            was, now = getattr(before, key.attribute), getattr(after, key.attribute)
            if was == now:
                continue
            team = "marketing" if key.attribute == "come_back_after" else after.back_to
            order = longer(was, now) if was and now else (1 if was is None else -1)
            if order == 0:
                continue
            sides = side_of(team, SHIFTED if order is None else STRICTER if order > 0 else LOOSER)
            path: Path = ("return_reasons", name)
            yield (
                Difference(
                    name,
                    instead(old, new, _name(new, name), key, before, after),
                    sides,
                    placed(path, key, before),
                    placed(path, key, after),
                    order is not None and order < 0,
                ),
                order is None,
            )


@change(
    "return-not-counted",
    "Returns for a reason are left out of the counts",
    mirror=("return-counted", "Returns for a reason are counted"),
    covers=("return_reasons.*.counts",),
    old="return_reasons: {twice: {found: before accepting, back_to: nobody, then: merge}}",
    new="return_reasons: {twice: {found: before accepting, back_to: nobody, then: merge, counts: no}}",
)
def return_counts(old: Agreement, new: Agreement) -> Iterator[Difference]:
    """
    Such a return no longer lowers the share of accepted leads, and its handoff no longer adds to the volume; or both do
    again. It is marketing's promises that this concerns.
    """
    for name, before, after in in_both(old, new, "return_reasons"):
        if before.counts == after.counts:
            continue
        is_counted = after.counts is None
        path: Path = ("return_reasons", name)
        yield Difference(
            name,
            say("{whose}: these leads count again", whose=_name(new, name))
            if is_counted
            else say("{whose}: these leads are left out of volume and acceptance", whose=_name(new, name)),
            side_of("marketing", SHIFTED),
            (*path, "counts") if is_counted else path,
            path if is_counted else (*path, "counts"),
            is_counted,
        )


@change(
    "return-reason-changed",
    "Something else happens to returned leads",
    alike="another step is another step, whichever way one looks",
    covers=("return_reasons.*.found", "return_reasons.*.then", "return_reasons.*.bant"),
    old="return_reasons: {no_need: {found: after accepting, back_to: marketing, then: nurture}}",
    new="return_reasons: {no_need: {found: after accepting, back_to: marketing, then: close}}",
)
def return_step(old: Agreement, new: Agreement) -> Iterator[Difference]:
    """
    Returned leads are closed, nurtured, repaired or merged instead, or sales notices the reason before or after saying
    yes, which decides whether the lead counts as accepted.
    """

    def sides(_: Agreement, __: str, before: Any, after: Any) -> Sides:
        return side_of(before.back_to, SHIFTED) | side_of(after.back_to, SHIFTED)

    keys = (
        Key("found", say("when sales notices it"), BOTH_SHIFTED),
        Key("then", say("what happens next"), sides),
        Key("bant", say("the BANT answer that was no"), side_of("sales", SHIFTED)),
    )
    yield from moved(old, new, "return_reasons", keys, _name)


@change(
    "handed-over-again-more",
    "Leads may be handed over again more often",
    mirror=("handed-over-again-less", "Leads may be handed over again less often"),
    covers=("hand_off_again", "hand_off_again.at_most"),
    old="hand_off_again: {at_most: 1, in: 12 months}",
    new="hand_off_again: {at_most: 2, in: 12 months}",
)
def handed_over_again(old: Agreement, new: Agreement) -> Iterator[Difference]:
    """Marketing may bring a returned lead back more often, and sales must look at it again each time; or less often."""
    before, after = old.sections.hand_off_again, new.sections.hand_off_again
    was, now = (None if entry is None else entry.at_most for entry in (before, after))
    if was == now:
        return
    is_more = now is None or (was is not None and now > was)
    more = side_of("marketing", LOOSER) | side_of("sales", HEAVIER)
    path: Path = ("hand_off_again", "at_most")
    yield Difference(
        "hand_off_again",
        say(
            "A returned lead may be handed over again {new} instead of {old}",
            new=say("without limit") if now is None else say("at most {count} times", count=now),
            old=say("without limit") if was is None else say("at most {count} times", count=was),
        ),
        more if is_more else more.mirrored,
        path if before else None,
        path if after else None,
        not is_more,
    )


@change(
    "handed-over-again-window-longer",
    "Leads handed over again are counted over a longer time",
    mirror=("handed-over-again-window-shorter", "Leads handed over again are counted over a shorter time"),
    covers=("hand_off_again.in",),
    old="hand_off_again: {at_most: 2, in: 6 months}",
    new="hand_off_again: {at_most: 2, in: 12 months}",
)
def handed_over_again_in(old: Agreement, new: Agreement) -> Iterator[Difference]:
    """The same number of times holds for a longer while, so that leads come back less often; or for a shorter one."""
    before, after = old.sections.hand_off_again, new.sections.hand_off_again
    if before is None or after is None or before.in_ == after.in_:
        return
    order = longer(after.in_, before.in_)
    if order == 0:
        return
    is_shorter = order is not None and order < 0
    sides = side_of("marketing", STRICTER) | side_of("sales", LIGHTER)
    path: Path = ("hand_off_again", "in")
    yield Difference(
        "hand_off_again",
        say("Leads handed over again are counted over {new} instead of {old}", new=after.in_, old=before.in_),
        BOTH_SHIFTED if order is None else sides.mirrored if is_shorter else sides,
        path,
        path,
        is_shorter,
    )


@change(
    "outcomes-changed",
    "What may become of a lead is another list",
    alike="another list is another list, whichever way one looks",
    covers=("outcomes",),
    old="outcomes: [won_deal, lost_deal]",
    new="outcomes: [won_deal, lost_deal, still_working]",
)
def outcomes(old: Agreement, new: Agreement) -> Iterator[Difference]:
    """Sales writes down other outcomes of a lead than before, so that other words are in the reports."""
    was, now = old.sections.outcomes or [], new.sections.outcomes or []
    came, gone = only_in(now, was), only_in(was, now)
    if came or gone:
        if came and gone:
            message = say("Outcomes of a lead: {new} instead of {old}", new=shown(new, came), old=shown(old, gone))
        elif came:
            message = say("Outcomes of a lead: also {new}", new=shown(new, came))
        else:
            message = say("Outcomes of a lead: no longer {old}", old=shown(old, gone))
        yield Difference(
            "outcomes",
            message,
            side_of("sales", SHIFTED),
            ("outcomes",) if was else None,
            ("outcomes",) if now else None,
        )
