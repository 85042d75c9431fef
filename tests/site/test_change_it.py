"""How to change it: the example is a real line of the agreement, and what is said of it is what the tool would say."""

from __future__ import annotations

import pytest

from checker.agreement import build
from checker.language import LANGUAGES
from checker.report.plain_text import shortened
from checker.site.contents import SiteContents
from checker.site.lines import LINE, wrapped
from checker.site.page import Page
from checker.site.pages.change_it import CODE
from checker.site.render import render
from checker.site.safe import safe
from checker.text import parse, read
from tests.reference import FOLDER, line_of
from tests.site.markup import Outline, rendered

DRAFT = "format: sla/v1\nagreement: Ours\nstages:\n  lead: {team: marketing}\n  mql: {team: marketing}\n"
CLOCK = """sales_promises:
  call:
    promise: Call each lead
    starts: became_lead
    stops: contact_attempt
"""


def page_of(text: str, language: str = "en") -> Page:
    document = parse(text)
    made = render(SiteContents(build(document.values, document.problems), document), language)
    return next(page for page in made if page.path == "change-it.md")


def reference_page(language: str = "en") -> Page:
    document = read(FOLDER)
    made = render(SiteContents(build(document.values, document.problems), document), language)
    return next(page for page in made if page.path == "change-it.md")


def text_of(page: Page) -> str:
    return " ".join(rendered(page.markdown).text.replace("\xa0", " ").split())


def test_the_first_target_is_the_example():
    """With its line, its value, a value that it might become, and what that means for whom."""
    text = text_of(reference_page())
    line = line_of("targets.yaml", "2027-01 to 2027-03: 30")

    assert f"Line {line} of targets.yaml: “30” becomes “33”." in text
    assert "2027-01 to 2027-03: 33" in text
    assert "Marketing promises 83 instead of 80 MQLs a month from January to March 2027" in text
    assert "stricter for marketing, more work for sales" in text


def test_its_edit_button_and_its_link_open_that_line():
    """Of the file in the repository."""
    page = reference_page()
    line = line_of("targets.yaml", "2027-01 to 2027-03: 30")

    assert (line, "targets.yaml") == (page.line, page.file.rpartition("/")[2])
    assert f"targets.yaml#{line}" in page.markdown


@pytest.mark.parametrize(
    ("more", "said"),
    [
        (f"{CLOCK}    within: 4 business hours\n    target: 95%\n", "“4 business hours” becomes “3 business hours”."),
        (f"{CLOCK}    within: 2 days\n    target: 98%\n", "“2 days” becomes “1 day”."),
        (f"{CLOCK}    within: 1 day\n    target: 90%\n", "“90%” becomes “92%”."),
        ("targets: {mql: {all: {2027-01: 5}}}\n", "“5” becomes “6”."),
    ],
)
def test_without_targets_a_promise_is_the_example(more: str, said: str):
    """Whatever number is there to be changed."""
    assert said in text_of(page_of(DRAFT + more))


def test_a_draft_without_numbers_shows_a_line_as_it_stands():
    """Nothing is struck out, and no answer is made up."""
    text = text_of(page_of(DRAFT))

    assert "Line 2 of" in text
    assert "agreement: Ours" in text
    assert "becomes" not in text
    assert "The answer to this example" not in text


def test_a_draft_is_told_what_is_not_agreed_yet():
    """Once, here."""
    text = text_of(page_of(DRAFT))

    assert "What is not agreed yet" in text
    assert "joint meetings and their topics" in text
    assert "What is not agreed yet" not in text_of(reference_page())


def test_each_step_has_a_picture_with_a_title_and_a_description():
    """Four on GitHub; on GitLab those two that look different there."""
    elements = [tag for tag, _ in Outline(reference_page().markdown).elements]

    assert [6, 6, 6] == [elements.count(tag) for tag in ("svg", "title", "desc")]


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_names_of_buttons_stand_as_on_the_screen(language: str):
    """In every language; GitHub speaks English alone."""
    text = text_of(reference_page(language))

    assert "Propose changes" in text
    assert "Create a new branch for this commit and start a pull request" in text


def test_a_long_line_is_cut_but_never_where_its_value_stands():
    """What comes before the value gives way."""
    page = page_of(f'{DRAFT}targets: {{mql: {{all: {{why: "{"w" * 300}", 2027-01: 4}}}}}}\n')
    drawn = [line for line in page.markdown.splitlines() if "step" in line or "sla-window" in line]
    text = " ".join(Outline(drawn[1]).text.replace("\xa0", " ").replace("\u200b", "").split())

    assert '", 2027-01: 4 6' in text
    assert "wwww" in text
    assert "w" * CODE not in text


@pytest.mark.parametrize("name", ["long " * 60, "x" * 500, "<b>&{{ 7*7 }}", "שלום עולם", "`a` **b**"])
def test_a_name_in_a_drawing_is_letters_in_a_few_short_lines(name: str):
    """Whatever it holds."""
    lines = [Outline(str(line)).text.replace("\u200b", "") for line in wrapped(name)]

    assert 1 <= len(lines) <= 4
    assert all(len(line) <= LINE for line in lines)
    assert not any(mark in str(line) for line in wrapped(name) for mark in "<`*{")


def test_lines_of_a_drawing_hold_all_words_that_fit():
    """What is left over ends in an ellipsis."""
    assert ["one two", "three"] == [str(line) for line in wrapped("one two three", 8)]
    assert "…" in str(wrapped(safe(shortened("word " * 90, 400)), 20)[-1])
