"""`sla explain --lead`: the story of one lead."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from checker.cli.options import Output
from checker.cli.output import deliver, has_colour
from checker.cli.speech import speak, speak_as
from checker.review.installed import need_engine

if TYPE_CHECKING:
    from checker.report.story_words import StoryWords


def explain_one(
    lead: str,
    path: Path,
    sources: tuple[tuple[str, Path], ...],
    as_of: date | None,
    wanted: Sequence[Output],
    language: str | None,
    with_personal: bool,
    is_draft: bool,
    engine: str,
) -> int:
    """Tells it. Raises WrongUsage for a lead that is not in the data."""
    from checker.agreement import build
    from checker.cli.words import say_what_is_left_out
    from checker.report.condition_words import Sentences
    from checker.report.names import Names
    from checker.report.story_words import StoryWords
    from checker.text import read
    from checker.text.placing import told_with_its_line

    need_engine()
    from checker.funnel import open_funnel
    from checker.review.explain_lead import explain_lead
    from checker.review.releases import history_to_judge_by

    document = read(path)
    speak_as(document, language)
    agreement = build(document.values, document.problems)
    say_what_is_left_out(agreement)
    spoken = speak(language or agreement.language)
    folder = Path(document.file_of(("source",))).parent
    releases = history_to_judge_by(path, is_draft=is_draft)
    with told_with_its_line(document), open_funnel(agreement, folder, dict(sources), engine=engine) as funnel:
        story = explain_lead(
            agreement,
            document,
            funnel,
            lead,
            as_of,
            releases,
            is_draft=is_draft,
            with_personal=with_personal,
            language=spoken.language,
        )
    names = Names(agreement, spoken.language)
    told = StoryWords(story, spoken, Sentences(names), names)
    for target in wanted:
        deliver(_rendered(told, target), target.file)
    return 0


def _rendered(told: StoryWords, target: Output) -> str:
    match target.format:
        case "json":
            from checker.report.story_json import story_json

            return story_json(told)
        case "markdown":
            from checker.report.story_markdown import story_markdown

            return story_markdown(told)
        case _:
            from checker.report.story_text import story_text

            return story_text(told, has_colour=has_colour(target.file))
