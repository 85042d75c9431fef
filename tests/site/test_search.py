"""The search, in Chromium: every promise is the first thing that its sentence or its id finds, in every language."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, expect

from checker.agreement import build
from checker.language import LANGUAGES
from checker.report.names import Names
from checker.text import read
from tests.reference import edited_reference
from tests.site.built import built, laid_out
from tests.site.everybody import whole_site
from tests.site.made_up import results
from tests.site.served import Visit, served

COMMON_WORDS = {
    "en": "Sales accepts most of what we hand off",
    "pt-BR": "Vendas aceita a maior parte do que passamos para elas",
    "es": "Ventas acepta la mayor parte de lo que le pasamos",
    "it": "Le vendite accettano la maggior parte di ciò che passiamo loro",
    "pl": "Sprzedaż przyjmuje większość tego, co jej przekazujemy",
}
"""A promise in words that other pages are full of."""
ASKED = """([script, docs, queries]) => new Promise((done, failed) => {
    const config = {lang: ["en"], separator: "[\\\\s]+", pipeline: [], fields: {title: {boost: 1}, text: {boost: 1}}};
    const worker = new Worker(script), found = {}, asked = [...queries];
    const ask = () => asked.length ? worker.postMessage({type: 2, data: asked[0]}) : done(found);
    worker.onerror = failed;
    worker.onmessage = ({data}) => {
        if (data.type === 3) found[asked.shift()] = data.data.items.flat().map(({location}) => location);
        ask();
    };
    worker.postMessage({type: 0, data: {config, docs, options: {suggest: false}}});
})"""
"""Asks a script that searches; what each query finds."""
ALIKE = ("0", "b" * 208, "y%abc", "z%", "z1")
"""Words whose tree has two branches that look alike where numbers do not end: `%` to branch 212, and `%` to branch 2
beside `1` to branch 2.
"""


@pytest.fixture(scope="module")
def whole(tmp_path_factory) -> Iterator[str]:
    with served(whole_site(tmp_path_factory.mktemp("whole"))) as address:
        yield address


def finds(page: Page, typed: str, path: str) -> None:
    """Types it into the search; the first result must lead to that page, and be seen without moving the list."""
    page.locator(".md-search__input").fill("")
    expect(page.locator(".md-search-result__item")).to_have_count(0)
    page.locator(".md-search__input").fill(typed[:-1])
    page.keyboard.type(typed[-1])
    first = page.locator(".md-search-result__link").first
    expect(first).to_have_attribute("href", re.compile(rf"/{re.escape(path)}(\?|#|$)"))
    expect(first).to_be_in_viewport()


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_promise_is_found_first_by_its_sentence_and_by_its_id(browser: Browser, tmp_path: Path, language: str):
    """As somebody has typed it with the last key."""
    site = whole_site(tmp_path, language)
    document = read(tmp_path / "sla")
    agreement = build(document.values, document.problems)
    names = Names(agreement, language)
    with served(site) as home, Visit(browser, home) as visit:
        page = visit.goto("")
        page.keyboard.press("/")
        for promise in agreement.promises():
            finds(page, str(names.promise(promise)), f"promises/{promise.id}/")
            finds(page, promise.id, f"promises/{promise.id}/")

        assert len(agreement.promises()) == 19
        assert [] == visit.settle()


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_promise_of_common_words_is_found_in_the_language_of_the_pages(
    browser: Browser, tmp_path: Path, language: str
):
    """Its sentence stands there in all of them; the pages are full of each other word of it."""
    said = ", ".join(f"{name}: {words!r}" for name, words in COMMON_WORDS.items())
    edited_reference(tmp_path, ("promises.yaml", f"promise: {COMMON_WORDS['en']}", f"promise: {{{said}}}"))
    site = built(laid_out(tmp_path, results(), language=language))
    with served(site) as home, Visit(browser, home) as visit:
        page = visit.goto("")
        page.keyboard.press("/")
        finds(page, COMMON_WORDS[language], "promises/mql-quality/")
        finds(page, COMMON_WORDS[language].upper(), "promises/mql-quality/")


@pytest.mark.parametrize(("asked", "path"), [("handoff", "handoff/"), ("meetings", "meetings/")])
def test_a_page_is_found_before_the_promises_whose_ids_begin_like_its_name(
    browser: Browser, whole: str, asked: str, path: str
):
    """Whoever types `handoff` does not look for `handoff-speed`."""
    with Visit(browser, whole) as visit:
        page = visit.goto("")
        page.keyboard.press("/")
        finds(page, asked, path)


def test_results_are_read_as_sentences(browser: Browser, whole: str):
    """A cell does not run into the next; drawings and tables of numbers are no results."""
    with Visit(browser, whole) as visit:
        docs = visit.goto("").evaluate("fetch('search/search_index.json').then(told => told.json())")["docs"]
        text: dict[str, Any] = {doc["location"]: doc["text"] for doc in docs}

    assert "<li>Sales owes it</li>" in text["promises/first-response/"]
    assert "1 business hour within, for leads “asked”" in text["promises/first-response/"]
    assert "97" not in text["promises/first-response/#history"]
    assert 1 == text["promises/first-response/#deadline"].count(
        "handed off Friday 17:00, to be contacted in person by Mon"
    )


def test_no_word_is_lost_among_words_with_digits(browser: Browser, whole: str):
    """The theme's own script loses two of these, and finds nothing at all of others: once it does not, ours can go."""
    docs = [{"location": f"{number}/", "title": word, "text": ""} for number, word in enumerate(ALIKE)]
    with Visit(browser, whole) as visit:
        page = visit.goto("")
        ours = page.evaluate("new URL(JSON.parse(__config.textContent).search, location).href")
        theirs = page.evaluate(
            """async script => URL.createObjectURL(new Blob([
                (await (await fetch(script)).text()).split("\\n// The search keeps its words")[0]
            ], {type: "text/javascript"}))""",
            ours,
        )
        asked = ["z1", "z%", "z", "y%abc"]
        found = page.evaluate(ASKED, [ours, docs, asked])
        lost = page.evaluate(ASKED, [theirs, docs, asked])

    assert {"z1": ["4/"], "z%": ["3/"], "z": ["3/", "4/"], "y%abc": ["2/"]} == found
    assert {"z1": [], "z%": [], "z": [], "y%abc": ["2/"]} == lost
