"""A page of which the HTML was set aside is what Markdown alone makes of it."""

from __future__ import annotations

from html.parser import HTMLParser
from pathlib import Path

import pytest
from markdown import Markdown

from checker.site.checked import checked_pages
from checker.site.contents import SiteFiles
from checker.site.page import Page
from checker.site.set_aside import anchors, put_back, set_aside
from tests.site.built import laid_out
from tests.site.hostile import attacked
from tests.site.made_up import results


class Ids(HTMLParser):
    """The anchors of a page."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.found: set[str] = set()
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.found |= {value for name, value in attrs if name == "id" and value}


@pytest.fixture(scope="module", params=["example", "hostile"])
def pages(request, tmp_path_factory) -> list[Page]:
    folder: Path = tmp_path_factory.mktemp("pages")
    if request.param == "hostile":
        attacked(folder)
    laid_out(folder, results())
    return checked_pages(SiteFiles(folder), "en")


def markdown(text: str, *more: str) -> str:
    """What Markdown makes of a text with the extensions of our sites."""
    return Markdown(
        extensions=["attr_list", "toc", "tables", *more], extension_configs={"toc": {"permalink": True}}
    ).convert(text)


def test_it_is_what_markdown_alone_makes_of_it(pages: list[Page]):
    """Letter by letter, on every page, also with attacks in every text."""
    different = []
    for page in pages:
        rest, kept = set_aside(page.markdown)
        if put_back(markdown(rest), kept) != markdown(page.markdown):
            different.append(page.path)

    assert [] == different


def test_most_of_a_page_is_set_aside(pages: list[Page]):
    """Else nothing is gained; what is left are headings, and the scripts of the page that reckons."""
    whole = sum(len(page.markdown) for page in pages if page.path != "what-if.md")
    rest = sum(len(set_aside(page.markdown)[0]) for page in pages if page.path != "what-if.md")

    assert rest < 0.15 * whole


def test_the_anchors_within_are_known(pages: list[Page]):
    """So that a link to an anchor that is not there is told of, and no other."""
    different = []
    for page in pages:
        kept = set_aside(page.markdown)[1]
        if anchors(kept) != Ids("".join(kept)).found:
            different.append(page.path)

    assert [] == different


@pytest.mark.parametrize(
    ("text", "kept"),
    [
        ("# A\n\n<p>a</p>\n\n<ul>\n<li>b</li>\n</ul>\n", ["<p>a</p>\n\n<ul>\n<li>b</li>\n</ul>"]),
        ("<p>a</p>\n\nwords\n\n<p>c</p>\n", ["<p>a</p>", "<p>c</p>"]),
        ("<div>\n<div>a</div>\n\nb\n</div>", ["<div>\n<div>a</div>\n\nb\n</div>"]),
        ("<div>never closed\n\n# Title", []),
        ("<p>a</p> and words", []),
        ("words <p>a</p>", []),
        ("<path d='M0'/>\n\n<preview>a</preview>", []),
        ("", []),
    ],
)  # fmt: skip
def test_whole_blocks_are_set_aside(text: str, kept: list[str]):
    """And what is none is left to Markdown."""
    rest, found = set_aside(text)

    assert kept == found
    assert markdown(text) == put_back(markdown(rest), found)


def test_a_mark_that_did_not_stay_alone_is_noticed():
    """Where an extension changes the HTML that Markdown leaves, the page has to be made without marks."""
    rest, kept = set_aside("# Title\n\n<p>a</p>\n")

    assert put_back(markdown(rest).replace('class="sla-set-aside"', ""), kept) is None
    assert put_back(markdown(rest) * 2, kept) is None
