"""Nothing that people write becomes anything but letters on a page."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st
from jinja2 import Environment
from markupsafe import Markup

from checker.report.plain_text import breakable, plain, shortened
from checker.site.safe import safe, safe_url, slug, slugs
from tests.site.hostile import ATTACKS
from tests.site.markup import Outline, rendered

texts = st.one_of(
    st.text(max_size=200),
    st.text(alphabet="<>&\"'`*_[](){}!|#:~^=+-.\\/ \n\tab1", max_size=60),
    st.lists(st.sampled_from(ATTACKS[:-2]), max_size=3).map(" ".join),
)


def seen(text: str) -> str:
    """A text as a reader sees it: without what only lets it break."""
    return " ".join(text.replace("\u200b", "").split())


@given(texts)
def test_a_text_in_a_paragraph_stays_a_text(text: str):
    """Through Markdown and all of its extensions comes one paragraph that says the same."""
    outline = rendered(f"before {safe(text)} after")

    assert {"p"} == outline.names()
    assert seen(f"before {plain(text)} after") == seen(outline.text)


@given(texts)
def test_a_text_at_the_start_of_a_line_stays_a_text(text: str):
    """Nothing begins a list, a quotation, a block of code or a heading."""
    outline = rendered(f"{safe(text)}\n")

    assert outline.names() <= {"p"}
    assert seen(plain(text)) == seen(outline.text)


@given(texts)
def test_a_text_in_a_heading_stays_a_text(text: str):
    """A heading has the id that it was given, and no other attribute."""
    outline = rendered(f"## x {safe(text)} {{: #here }}")

    assert [("h2", {"id": "here"})] == outline.elements
    assert seen(f"x {plain(text)}") == seen(outline.text)


@given(texts)
def test_a_text_in_an_attribute_stays_there(text: str):
    """No quote ends an attribute early."""
    outline = Outline(f'<abbr title="{safe(text)}">x</abbr>')

    assert [("abbr", {"title": str(breakable(plain(text)))})] == outline.elements
    assert "x" == seen(outline.text)


@given(texts)
def test_a_text_in_a_block_of_html_stays_a_text(text: str):
    """Where Markdown leaves HTML alone, so does the text."""
    outline = rendered(f'<table class="t">\n<tr><td>{safe(text)}</td></tr>\n</table>')

    assert ["table", "tr", "td"] == [tag for tag, _ in outline.elements]
    assert seen(plain(text)) == seen(outline.text)


@given(texts)
def test_a_text_says_nothing_to_templates(text: str):
    """Escaped twice by accident or put through a template engine, it is the same letters."""
    once = safe(text)

    assert str(once) == Environment().from_string(str(once)).render()
    assert once is safe(once)


@given(texts)
def test_a_text_is_one_line_without_what_cannot_be_seen(text: str):
    """No control character, no line break, no mark that turns the direction of what follows."""
    invisible = {"\u202e", "\u202d", "\u2066", "\u200f", "\u061c", "\x00", "\x07", "\x1b", "\n", "\r", "\u2028", "\x85"}

    assert set() == invisible & set(plain(text))


@pytest.mark.parametrize(
    "text", ["👩🏽‍💻 🦄 🇧🇷", "שלום עולם", "Zażółć gęślą jaźń", "naïve café – “quoted” €", "日本語"]
)
def test_letters_of_all_scripts_stay(text: str):
    """Emoji with their joiners, right-to-left letters, accents and typographic marks are letters too."""
    assert text == str(safe(text))


def test_only_words_that_are_no_words_may_break():
    """The longest words of real languages stay whole; a word of ten thousand letters does not."""
    word = "Donaudampfschifffahrtsgesellschaft"

    assert word == str(safe(word))
    assert "A" * 40 + "\u200b" + "A" * 10 == str(safe("A" * 50))


@pytest.mark.parametrize(
    ("address", "expected"),
    [
        ("https://example.org/a?b=c#d", "https://example.org/a?b=c#d"),
        ("mailto:ana@example.org", "mailto:ana@example.org"),
        ("javascript:alert(1)", "#"),
        ("JaVaScript:alert(1)", "#"),
        ("java\tscript:alert(1)", "#"),
        (" https://example.org", "#"),
        ("https://example.org/\u202e", "#"),
        ("data:text/html,x", "#"),
        ("//example.org", "#"),
        ("sla/targets.yaml", "#"),
        ("http://[", "#"),
        ('https://x/" onclick="window.__xss=1', "#"),
        ('https://x/"><script>', 'https://x/"><script>'),
    ],
)
def test_links_lead_to_the_web_or_to_mail_or_nowhere(address: str, expected: str):
    """Only three schemes, and no address ends its attribute."""
    outline = Outline(f'<a href="{safe_url(address)}">x</a>')

    assert [("a", {"href": expected})] == outline.elements


@given(st.lists(st.text(max_size=300), unique=True, max_size=8))
def test_addresses_are_plain_short_and_distinct(names: list[str]):
    """An id is letters, digits and hyphens, fits into a file's name, and belongs to one text."""
    given_ids = slugs(names)

    assert set(names) == set(given_ids)
    assert len(names) == len(set(given_ids.values()))
    assert all(re.fullmatch(r"[a-z0-9_-]{1,90}", name) for name in given_ids.values())


def test_two_long_names_are_two_addresses():
    """What is cut off still tells names apart, and the same name has the same address on every machine."""
    first, second = slug("a" * 10_000 + "b"), slug("a" * 10_000 + "c")

    assert first != second
    assert first == slug("a" * 10_000 + "b")
    assert len(first) <= 80


@pytest.mark.parametrize(
    ("text", "most", "expected"),
    [("short", 10, "short"), ("exactly ten", 11, "exactly ten"), ("a longer one", 9, "a longer…")],
)
def test_what_is_cut_ends_in_an_ellipsis(text: str, most: int, expected: str):
    """At most so many characters, the ellipsis among them."""
    assert expected == shortened(text, most)


def test_what_a_template_made_passes():
    """Markup is not escaped again; nothing is nothing."""
    assert "<b>x</b>" == str(safe(Markup("<b>x</b>")))
    assert "" == str(safe(None))
    assert "12" == str(safe(12))
