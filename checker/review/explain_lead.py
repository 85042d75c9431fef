"""The review of one lead: what happened to it, and which line of the agreement decided what."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from checker.agreement import Agreement
from checker.errors import WrongUsage
from checker.funnel import Funnel
from checker.measures.bench import set_up
from checker.measures.lead_story import story_of
from checker.measures.story import LeadStory
from checker.message import say
from checker.text import Document


def explain_lead(
    agreement: Agreement,
    document: Document,
    funnel: Funnel,
    lead: str,
    as_of: date | None = None,
    *,
    with_personal: bool = False,
    language: str = "en",
) -> LeadStory:
    """The story of a lead, as things stood at the end of a day (`as_of`), else at the last stamp, with the lines.

    Raises NothingToJudge where the data holds no event, WrongUsage for a lead that is not there, UnreadableInput.
    """
    if not lead.strip():
        raise WrongUsage(say("--lead needs the id of a lead"))
    bench = set_up(agreement, funnel, as_of)
    story = story_of(bench, funnel, lead, with_personal=with_personal, language=language)
    return replace(
        story,
        clocks=tuple(replace(clock, place=document.place(clock.line)) for clock in story.clocks),
        counted=tuple(replace(item, place=document.place(item.promise.path, "key")) for item in story.counted),
        not_about=tuple(replace(item, place=document.place(item.promise.path, "key")) for item in story.not_about),
        route=None if story.route is None else replace(story.route, place=document.place(story.route.line)),
    )
