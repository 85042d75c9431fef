"""What the search finds in a page of ours is what it would find in all of it."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from markdown import Markdown
from material.plugins.search.plugin import Parser

from checker.site.checked import checked_pages
from checker.site.contents import SiteFiles
from checker.site.page import Page
from checker.site.read_by_search import read
from tests.site.built import built, laid_out
from tests.site.hostile import attacked
from tests.site.made_up import results


@pytest.fixture(scope="module", params=["example", "hostile"])
def pages(request, tmp_path_factory) -> list[Page]:
    folder: Path = tmp_path_factory.mktemp("pages")
    if request.param == "hostile":
        attacked(folder)
    laid_out(folder, results())
    return checked_pages(SiteFiles(folder), "en")


def found(html: str) -> list[tuple[str | None, str, str, bool]]:
    """The parts that the theme's search makes of a page: anchor, title, text, and whether it is left out."""
    parser = Parser()
    parser.feed(html)
    parser.close()
    return [
        (part.id, "".join(part.title).strip(), re.sub(r"\s+", " ", "".join(part.text)).strip(), part.is_excluded())
        for part in parser.data
    ]


def shown(page: Page) -> str:
    """A page without the frame of the theme."""
    permalinks = {"toc": {"permalink": True}}
    return Markdown(extensions=["attr_list", "toc"], extension_configs=permalinks).convert(page.markdown)


def test_the_search_finds_the_same_in_every_page(pages: list[Page]):
    """The same parts with the same words, but for spaces."""
    different = [page.path for page in pages if found(shown(page)) != found(read(shown(page)))]

    assert [] == different


@pytest.mark.parametrize(
    "html",
    [
        "<h1 id='a'>One</h1><table data-search-exclude><tr><td>gone</td></tr></table><p>kept <b>words</b></p>",
        "<h1 id='a'>One</h1><p>kept<span data-search-exclude>gone <b>gone</b></span> and <span>more</span></p>",
        "<h1 id='a'>One</h1><figure data-search-exclude><svg><text>gone</text></svg></figure><figure>kept</figure>",
        '<h1 id=\'a\'>One <a class="headerlink" href="#a">¶</a></h1><ul><li></li><li>b</li></ul><p> </p>',
    ],
)
def test_what_is_left_out_stays_so(html: str):
    """Whatever element it is in."""
    assert found(html) == found(read(html))


@pytest.fixture(scope="module")
def site(tmp_path_factory) -> Path:
    return built(laid_out(tmp_path_factory.mktemp("site"), results()))


def entries(site: Path) -> Iterator[tuple[str, str]]:
    index = json.loads((site / "search" / "search_index.json").read_text(encoding="utf-8"))
    for entry in index["docs"]:
        yield entry["location"], entry["text"]


def test_the_index_has_less_to_read_and_the_page_has_all(site: Path):
    """A promise's page has tables and drawings, of which the index has the words."""
    texts = dict(entries(site))
    page = (site / "promises" / "first-response" / "index.html").read_text(encoding="utf-8")

    assert "Monday" in texts["promises/first-response/#examples"]
    assert "<table" in page
    assert "<svg" in page
