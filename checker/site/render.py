"""From an agreement to pages: Markdown that any site generator can use."""

from __future__ import annotations

from collections.abc import Sequence

from checker.agreement.agreement import Agreement
from checker.finding import Finding
from checker.language import words
from checker.report.names import Names
from checker.site.basis import Basis, Places, templates
from checker.site.board import Board
from checker.site.conditions import Sentences
from checker.site.page import Page
from checker.site.pages.data import about_the_data
from checker.site.pages.dictionary import dictionary
from checker.site.pages.funnel import funnel
from checker.site.pages.handoff import handoff
from checker.site.pages.home import home
from checker.site.pages.promises import promise_pages
from checker.site.pages.qualification import qualification
from checker.site.pages.scoreboard import scoreboard
from checker.site.tooltips import Tooltips
from checker.site.voice import Voice
from checker.verdict import Results


def render(
    agreement: Agreement, document: Places, results: Results | None, language: str, waived: Sequence[Finding] = ()
) -> list[Page]:
    """The pages of an agreement, in the order of the menu.

    `document` knows the line of everything that is written; without `results` the pages show what is agreed and say
    plainly that nothing was judged; `waived` are the findings that the company accepts for a while. Raises WrongUsage
    for a language that there are no words for.
    """
    basis = _basis(agreement, document, results, language, waived)
    return [
        home(basis),
        scoreboard(basis),
        funnel(basis),
        *promise_pages(basis),
        qualification(basis),
        handoff(basis),
        dictionary(basis),
        about_the_data(basis),
    ]


def _basis(
    agreement: Agreement, document: Places, results: Results | None, language: str, waived: Sequence[Finding]
) -> Basis:
    voice = Voice(words(language))
    names = Names(agreement, language)
    return Basis(
        agreement=agreement,
        document=document,
        results=results,
        voice=voice,
        names=names,
        sentences=Sentences(names),
        board=Board(agreement, results) if results else None,
        tooltips=Tooltips(agreement, names),
        templates=templates(voice, names, document),
        waived=tuple(waived),
    )
