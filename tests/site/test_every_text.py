"""What stands on pages passes through the catalogue, and what the agreement says is said in the reader's language."""

from __future__ import annotations

import html
import re

import pytest

from checker.agreement import Agreement, build
from checker.site.contents import SiteContents
from checker.site.page import Page
from checker.site.render import render
from checker.text import Document, read
from tests.language.pseudo import GREEK, LANGUAGE, copied, ids_in, spoken, unsaid
from tests.reference import FOLDER
from tests.site.made_up import results

HEARD = re.compile(r'(?:title|aria-label|alt|placeholder)="([^"]*)"')
BY_HAND = (
    *("The sales director calls these leads the same day", "Call now", "The integration was down"),
    *("Helena Prado", "Tomás Quintela"),
)
"""What the results, which are made by hand, say of the agreement in English."""


@pytest.fixture(scope="module")
def written(tmp_path_factory: pytest.TempPathFactory) -> tuple[Agreement, Document]:
    folder = copied(FOLDER, tmp_path_factory.mktemp("texts") / "sla", translated_into="pt-BR")
    document = read(folder)
    return build(document.values, document.problems), document


def said_on(page: Page) -> str:
    """A page as people read and hear it: without tags, addresses and what the generator alone reads."""
    whole = "\n".join([str(page.title), str(page.menu), str(page.section), *map(str, page.tags), page.markdown])
    # keys and lines of the agreement, for the script of the page that reckons, which says them in its own tests
    whole = re.sub(r"<script[^>]*>.*?</script>", "", whole, flags=re.DOTALL)
    # lines as they are written, and the labels that quote the first letters of them
    whole = re.sub(r'<code[^>]*>.*?</code>|<a class="sla-line sla-edit".*?</a>', "", whole, flags=re.DOTALL)
    text = html.unescape(whole).replace("\u200b", "")
    heard = HEARD.findall(text)
    text = re.sub(r"\{:[^}]*\}|\]\([^)]*\)|<(?!\u27e6)[^>]*>", "\n", text)
    for made in BY_HAND:
        text = text.replace(made, "")
    return "\n".join([text, *heard])


@pytest.mark.parametrize("has_results", [False, True])
def test_a_page_says_nothing_past_the_catalogue(
    written: tuple[Agreement, Document], monkeypatch: pytest.MonkeyPatch, has_results: bool
) -> None:
    """Titles, menus, tables, drawings, labels that only machines read aloud."""
    spoken(monkeypatch)
    agreement, document = written
    pages = render(SiteContents(agreement, document, results() if has_results else None), LANGUAGE)
    # what the results that are made by hand say of the data is English, and so are the buttons of web editors
    pages = [page for page in pages if page.path != "change-it.md" and not (has_results and page.path == "data.md")]
    known = {*ids_in(document.values), "sla", "json", "check", "format", "build", "results"}
    known |= {"social", "gone", "Brasil"}

    assert len(pages) > 20
    assert [] == [f"{page.path}: {told}" for page in pages for told in unsaid(said_on(page), known)]


@pytest.mark.parametrize("has_results", [False, True])
def test_a_page_says_the_agreement_s_texts_in_the_reader_s_language(
    written: tuple[Agreement, Document], has_results: bool
) -> None:
    """What is written once, a rank or the step of a process, stays as it is."""
    agreement, document = written
    pages = render(SiteContents(agreement, document, results() if has_results else None), "pt-BR")
    once = {word for said in agreement.texts if not said.is_by_language for word in GREEK.findall(said.text)}

    assert [] == [f"{page.path}: {word}" for page in pages for word in {*GREEK.findall(said_on(page))} - once]
