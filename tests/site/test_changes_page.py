"""Every version and what it changed, with links to the pages that tell how it is now."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from checker.agreement import build
from checker.agreement.history import History
from checker.review.changelog import changelog_of
from checker.review.releases import history_of
from checker.site.checked import checked_pages
from checker.site.contents import SiteContents, SiteFiles
from checker.site.page import Page, menu
from checker.site.render import render
from checker.text import read
from tests.reference import FOLDER
from tests.site.markup import rendered
from tests.site.released import with_releases


@pytest.fixture(scope="module")
def pages(tmp_path_factory) -> dict[str, Page]:
    folder = tmp_path_factory.mktemp("released")
    with_releases(folder)
    return {page.path: page for page in checked_pages(SiteFiles(folder), "en")}


def text_of(page: Page) -> str:
    return " ".join(rendered(page.markdown).text.split())


@pytest.mark.parametrize(
    "said",
    [
        "Not released yet Agreed in the files, and not in force",
        "Version 2.0, from 1 April 2027 on Signed by Helena Prado (marketing) and Tomás Quintela (sales)",
        "What the first quarter taught us",
        "Sales must do this within 3 business hours instead of 4 for some leads: Contact every new MQL in person",
        "stricter for sales",
        "Version 1.0, from 1 January 2027 until 31 March 2027",
        "First agreement of the year The first version",
    ],
)
def test_a_version_tells_its_days_its_signatures_and_its_changes(pages: dict[str, Page], said: str):
    """For whom each change is what."""
    assert said in text_of(pages["changes.md"])


def test_what_is_pending_comes_first_and_the_newest_version_next(pages: dict[str, Page]):
    """The way people read news."""
    text = text_of(pages["changes.md"])
    places = [text.index(said) for said in ("88% instead of 85%", "Version 2.0", "R$ 15,000", "Version 1.0")]

    assert sorted(places) == places


@pytest.mark.parametrize(
    ("said", "href"),
    [
        ("Contact every new MQL in person", "page:promises/first-response.md"),
        ("budget of a month is", "page:channels.md#channel-paid_search"),
        ("88% instead of 85%", "page:promises/mql-quality.md"),
    ],
)
def test_a_change_leads_to_the_page_that_tells_it(pages: dict[str, Page], said: str, href: str):
    """And only to pages and places that there are."""
    line = next(line for line in pages["changes.md"].markdown.splitlines() if said in rendered(line).text)

    assert href in rendered(line).attributes("href")


def test_every_link_of_the_page_leads_somewhere(pages: dict[str, Page]):
    """To a page of this agreement, and to an element on it."""
    ids = {path: set(rendered(page.markdown).attributes("id")) for path, page in pages.items()}
    targets = [
        target.removeprefix("page:").partition("#")
        for target in rendered(pages["changes.md"].markdown).attributes("href")
        if target.startswith("page:")
    ]

    assert targets
    assert all(path in ids and (not anchor or anchor in ids[path]) for path, _, anchor in targets)


def test_without_releases_there_is_no_such_page():
    """The page on how to change it says in one line that nothing was released, and stands alone in the menu."""
    document = read(FOLDER)
    told = changelog_of(document, History())
    agreement = build(document.values, document.problems)
    made = {page.path: page for page in render(SiteContents(agreement, document, changelog=told), "en")}

    assert "changes.md" not in made
    assert "Nothing has been released yet" in text_of(made["change-it.md"])
    assert {"How to change it": "change-it.md"} in menu(made.values())


def test_the_releases_are_read_once_and_in_order(tmp_path: Path):
    """The changelog of a text and its releases is that of the folder."""
    path = with_releases(tmp_path)
    told = changelog_of(read(path), history_of(path))

    assert [None, "2.0", "1.0"] == [chapter.version for chapter in told.chapters]
    assert date(2027, 3, 31) == told.chapters[2].until
