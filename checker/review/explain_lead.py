"""The review of one lead: what happened to it, and which line of the agreement decided what."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from checker.agreement import Agreement
from checker.agreement.history import History
from checker.errors import WrongUsage
from checker.funnel import Funnel
from checker.measures.bench import set_up
from checker.measures.lead_story import story_of
from checker.measures.story import LeadStory
from checker.message import say
from checker.review.in_force import NO_RELEASES, governed, without_stamp
from checker.text import Document


def explain_lead(
    agreement: Agreement,
    document: Document,
    funnel: Funnel,
    lead: str,
    as_of: date | None = None,
    history: History = NO_RELEASES,
    *,
    is_draft: bool = False,
    with_personal: bool = False,
    language: str = "en",
) -> LeadStory:
    """The story of a lead, as things stood at the end of a day (`as_of`), else at the last stamp, with the lines.

    Each clock is told by the version of `history` that was in force at its start, with `is_draft` by the working files.
    Raises NothingToJudge where the data holds no event, WrongUsage for a lead that is not there, UnreadableInput.
    """
    if not lead.strip():
        raise WrongUsage(say("--lead needs the id of a lead"))
    if is_draft:
        agreement = without_stamp(agreement)
    bench = set_up(agreement, funnel, as_of)
    found = governed(agreement, document, NO_RELEASES if is_draft else history, bench.view.timeline)
    story = story_of(bench, funnel, found.versions, lead, as_of, with_personal=with_personal, language=language)
    texts, route = found.texts, story.route
    return replace(
        story,
        clocks=tuple(replace(clock, place=texts[clock.version].place(clock.line)) for clock in story.clocks),
        counted=tuple(
            replace(item, place=texts[item.versions[-1]].place(item.promise.path, "key")) for item in story.counted
        ),
        not_about=tuple(
            replace(item, place=texts[item.version].place(item.promise.path, "key")) for item in story.not_about
        ),
        route=None if route is None else replace(route, place=texts[route.version].place(route.line)),
    )
