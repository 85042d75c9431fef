"""From an agreement to pages: Markdown that any site generator can use."""

from __future__ import annotations

from checker.language import words
from checker.report.names import Names
from checker.site.basis import Basis, templates
from checker.site.board import Board
from checker.site.conditions import Sentences
from checker.site.contents import SiteContents
from checker.site.menu_parts import in_parts
from checker.site.page import Page
from checker.site.pages.backtest import backtest_page
from checker.site.pages.change_it import change_it
from checker.site.pages.changes import changes
from checker.site.pages.channels import channels
from checker.site.pages.customers import customers
from checker.site.pages.data import about_the_data
from checker.site.pages.dictionary import dictionary
from checker.site.pages.funnel import funnel
from checker.site.pages.handoff import handoff
from checker.site.pages.home import home
from checker.site.pages.meetings import meetings
from checker.site.pages.objections import objections
from checker.site.pages.plan import plan_page
from checker.site.pages.promises import promise_pages
from checker.site.pages.propositions import propositions
from checker.site.pages.qualification import qualification
from checker.site.pages.returns import returns
from checker.site.pages.roles import roles
from checker.site.pages.scoreboard import scoreboard
from checker.site.pages.tools import tools
from checker.site.pages.what_if import what_if
from checker.site.tooltips import Tooltips
from checker.site.voice import Voice


def render(contents: SiteContents, language: str) -> list[Page]:
    """The pages of an agreement, in the order of the menu.

    Raises WrongUsage for a language that there are no words for.
    """
    basis = _basis(contents, language)
    changelog = contents.changelog
    pages = [
        home(basis, changelog),
        scoreboard(basis),
        funnel(basis),
        *([plan_page(basis, contents.plan)] if contents.plan else []),
        *what_if(basis),
        *([backtest_page(basis, contents.backtest)] if contents.backtest else []),
        *promise_pages(basis),
        customers(basis),
        propositions(basis),
        channels(basis),
        qualification(basis),
        handoff(basis),
        returns(basis),
        objections(basis),
        meetings(basis),
        tools(basis),
        roles(basis),
        dictionary(basis),
        about_the_data(basis),
        changes(basis, changelog),
        change_it(basis, changelog),
    ]
    return in_parts((page for page in pages if page is not None), basis.voice)


def _basis(contents: SiteContents, language: str) -> Basis:
    agreement, document, results = contents.agreement, contents.document, contents.results
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
        waived=contents.waived,
    )
