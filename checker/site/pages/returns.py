"""Returned leads and feedback: why a lead comes back, who acts then and by when, what may become of it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from markupsafe import Markup

from checker.agreement.feedback import ReturnReason
from checker.agreement.promise_list import Promise
from checker.message import Message, say
from checker.report.names import in_words, team
from checker.site.basis import Basis
from checker.site.page import Page
from checker.site.pages.qualification import QUESTIONS
from checker.site.safe import safe, slug
from checker.site.where import has_page

PATH = "returns.md"
FOUND: dict[str, Message] = {
    "before accepting": say("before it is accepted"),
    "after accepting": say("after it was accepted"),
}
STEPS: dict[str, Message] = {
    "close": say("the lead is closed"),
    "nurture": say("marketing goes on teaching"),
    "repair": say("marketing repairs what is wrong and hands it off again"),
    "merge": say("it is merged with the other one"),
    "find contact": say("the right contact is looked for"),
}
FEEDBACK_EVENTS = ("returned", "handed_off_again", "decided", "outcome_written")
FEEDBACK_MEASURES = ("acceptance_rate", "return_reason_rate", "recycled_on_time", "persistence_rate", "rehandoff_rate")


@dataclass(frozen=True)
class Reason:
    """A reason, and what follows."""

    id: str
    anchor: str
    entry: ReturnReason
    name: str
    found: Message
    back_to: Markup
    step: Message
    by_when: Markup
    notes: tuple[Markup, ...]


def returns(basis: Basis) -> Page | None:
    """The page; None where nothing is agreed on what comes back."""
    sections = basis.agreement.sections
    if not has_page(basis.agreement, PATH):
        return None
    reasons = sections.return_reasons or {}
    return basis.page(
        PATH,
        "returns.md.j2",
        basis.voice.gettext("Returned leads and feedback"),
        ("return_reasons",) if reasons else ("outcomes",),
        tags=(basis.voice.gettext("marketing"), basis.voice.gettext("sales")),
        is_wide=True,
        reasons=[_reason(basis, name, entry) for name, entry in reasons.items()],
        again=sections.hand_off_again,
        outcomes=[in_words(outcome) for outcome in sections.outcomes or ()],
        promises=[promise for promise in basis.agreement.promises() if _is_feedback(promise)],
    )


def _is_feedback(promise: Promise) -> bool:
    if promise.clock is not None:
        return promise.clock.starts in FEEDBACK_EVENTS or promise.clock.stops in FEEDBACK_EVENTS
    return promise.measured is not None and promise.measured.measure in FEEDBACK_MEASURES


def _reason(basis: Basis, name: str, entry: ReturnReason) -> Reason:
    nobody = entry.back_to == "nobody"
    return Reason(
        name,
        f"reason-{slug(name)}",
        entry,
        basis.names.reason(name),
        FOUND[entry.found],
        basis.voice.gettext("nobody") if nobody else basis.voice.say(team(entry.back_to)),
        STEPS[entry.then],
        Markup("; ").join(_by_when(basis, entry)) or Markup("–"),
        tuple(_notes(basis, entry)),
    )


def _by_when(basis: Basis, entry: ReturnReason) -> Iterator[Markup]:
    voice = basis.voice
    if entry.within is not None:
        yield voice.gettext("within {time}", time=entry.within)
    if entry.come_back_after is not None:
        yield voice.gettext("contacted again after {time}", time=entry.come_back_after)


def _notes(basis: Basis, entry: ReturnReason) -> Iterator[Markup]:
    voice = basis.voice
    if entry.means is not None:
        yield safe(basis.names.prose(entry.means))
    if entry.bant is not None:
        yield voice.say(QUESTIONS[entry.bant])
    if entry.counts is False:
        yield voice.gettext("is left out of volume and acceptance")
