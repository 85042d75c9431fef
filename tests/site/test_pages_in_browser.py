"""The built pages in Chromium: nothing fails, nobody else is asked, everybody can read and use them."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, expect

from checker.site.configuration import mkdocs_config
from checker.text import read
from tests.reference import FOLDER, line_of
from tests.site.built import built, laid_out
from tests.site.everybody import NO_FAULTS, ONE_OF_EACH_KIND, WINDOWS, faults_of, whole_site
from tests.site.made_up import found, results
from tests.site.served import Visit, served


@pytest.fixture(scope="module")
def home(tmp_path_factory) -> Iterator[str]:
    with served(whole_site(tmp_path_factory.mktemp("site"))) as address:
        yield address


@pytest.fixture(scope="module")
def home_without_results(tmp_path_factory) -> Iterator[str]:
    with served(built(laid_out(tmp_path_factory.mktemp("site")))) as address:
        yield address


@pytest.mark.parametrize(("width", "scheme"), WINDOWS)
def test_pages_work_for_everybody(browser: Browser, home: str, width: int, scheme: str):
    """No error, no other host, no page that moves sideways, no fault that axe can find."""
    with Visit(browser, home, width=width, scheme=scheme) as visit:
        found = {address: faults_of(visit, address) for address in ONE_OF_EACH_KIND}

        assert dict.fromkeys(ONE_OF_EACH_KIND, NO_FAULTS) == found
        assert [] == visit.settle()


def test_pages_without_results_work_too(browser: Browser, home_without_results: str):
    """The first site of a company."""
    with Visit(browser, home_without_results, width=390) as visit:
        assert faults_of(visit, "") == NO_FAULTS
        assert [] == visit.settle()


def test_tables_move_by_themselves(browser: Browser, home: str):
    """On a phone the scoreboard scrolls inside its frame, with the keyboard too."""
    with Visit(browser, home, width=390) as visit:
        page = visit.goto("scoreboard/")
        table = page.get_by_role("region", name="Promises and months")
        table.focus()
        page.keyboard.press("ArrowRight")
        page.wait_for_function("document.activeElement.scrollLeft > 0")

        assert 0 == visit.sideways()


def test_no_word_of_a_table_is_broken(browser: Browser, home: str):
    """Every word stands on one line."""
    broken = """() => [...document.querySelectorAll('article table :is(th, td)')].flatMap(cell => {
        const walker = document.createTreeWalker(cell, NodeFilter.SHOW_TEXT), broken = [];
        for (let node; (node = walker.nextNode());)
            for (const word of node.data.matchAll(/[^\\s-]+/g)) {
                const range = document.createRange();
                range.setStart(node, word.index); range.setEnd(node, word.index + word[0].length);
                if (range.getClientRects().length > 1) broken.push(word[0]);
            }
        return broken; })"""
    with Visit(browser, home, width=390) as visit:
        found = {address: visit.goto(address).evaluate(broken) for address in ONE_OF_EACH_KIND}

    assert [] == [word for words in found.values() for word in words]


@pytest.mark.parametrize("asked", ["contact every new", "first-response"])
def test_search_finds_a_promise(browser: Browser, home: str, asked: str):
    """By words of its sentence, and by its id; the result leads to its page."""
    with Visit(browser, home) as visit:
        page = visit.goto("")
        page.keyboard.press("/")
        page.locator(".md-search__input").press_sequentially(asked, delay=20)
        page.locator(".md-search-result__link[href*='promises/first-response/']").first.click()
        page.wait_for_url("**/promises/first-response/**")

        assert [] == visit.settle()


def test_the_edit_link_of_a_page_names_its_line(browser: Browser, home: str):
    """The pencil of a promise, and that beside its deadline."""
    document = read(FOLDER)
    line = document.place(("sales_promises", "first-response")).line
    with Visit(browser, home) as visit:
        page = visit.goto("promises/first-response/")
        links = page.locator(f"a[href$='edit/main/sla/promises.yaml#L{line}']")

        assert links.count() > 0
        assert f"promises:{line}" == f"promises:{line_of('promises.yaml', 'first-response:')}"


def test_a_word_of_the_dictionary_tells_what_it_means(browser: Browser, home: str):
    """Where it stands."""
    with Visit(browser, home) as visit:
        page = visit.goto("qualification/")
        word = page.locator("article abbr", has_text="BANT").first
        word.hover()
        shown = page.locator(".md-tooltip2--active")

        expect(shown).to_contain_text("Four questions")
        page.mouse.move(0, 0)
        expect(shown).to_have_count(0)
        word.focus()
        expect(shown).to_contain_text("Four questions")


@pytest.mark.parametrize("address", ["scoreboard/", "funnel/"])
def test_drawings_follow_the_colour_scheme(browser: Browser, home: str, address: str):
    """The same drawing is light on dark and dark on light, by the reader's own choice too."""
    ink = "getComputedStyle(document.querySelector('.sla-chart .label')).fill"
    with Visit(browser, home, scheme="light") as light, Visit(browser, home, scheme="dark") as dark:
        on_white, on_black = light.goto(address).evaluate(ink), dark.goto(address).evaluate(ink)
        light.page.locator("label[for=__palette_1]").click()
        light.page.wait_for_function(f"{ink} === {on_black!r}")

        assert on_white != on_black


def test_the_file_of_a_finding_is_written_as_it_is_called(browser: Browser, tmp_path: Path):
    """Sentences begin with a capital letter, names of files do not; and what can be done has one mark each."""
    told = results().model_copy(update={"findings": (found(),)})
    with served(built(laid_out(tmp_path, told))) as address, Visit(browser, address, width=390) as visit:
        page = visit.goto("data/")
        style = "(part, [pseudo, key]) => getComputedStyle(part, pseudo)[key]"
        file = page.locator(".sla-findings > li > .sla-id").last
        choices = page.locator(".sla-findings li > ul").first

        assert "none" == file.evaluate(style, ["::first-letter", "textTransform"])
        assert "none" == choices.evaluate(style, [None, "listStyleType"])


def test_pages_open_from_the_disk(browser: Browser, tmp_path: Path):
    """A folder of files needs no server: pages are styled, and links lead to pages."""
    config = laid_out(tmp_path, results())
    config.write_text(mkdocs_config("Glacivo", is_served=False), encoding="utf-8")
    site = built(config)
    with Visit(browser, site.as_uri()) as visit:
        page = visit.goto("/index.html")
        page.get_by_role("link", name="Contact every new MQL in person").first.click()

        expect(page).to_have_url(f"{site.as_uri()}/promises/first-response.html")
        assert "none" != page.evaluate("getComputedStyle(document.querySelector('.sla-tiles')).display")
        assert "grid" == page.evaluate("getComputedStyle(document.querySelector('.sla-tiles')).display")


def test_drawings_on_paper_are_light_and_their_tables_open(browser: Browser, home: str):
    """Also when they are printed from a dark screen: the ink is that of the light scheme."""
    ink = "getComputedStyle(document.querySelector('.sla-chart .label')).fill"
    behind = "document.querySelector('.sla-figure ~ details.sla-behind .sla-scroll').checkVisibility()"
    with Visit(browser, home, scheme="light") as light, Visit(browser, home, scheme="dark") as dark:
        on_white = light.goto("scoreboard/").evaluate(ink)
        page = dark.goto("scoreboard/")
        before = page.evaluate(behind)
        page.emulate_media(media="print")

        assert not before
        assert on_white == page.evaluate(ink)
        assert page.evaluate(behind)
