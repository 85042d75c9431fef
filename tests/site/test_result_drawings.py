"""The drawings on the pages of results: what they say, where they stand, and that nothing a value says gets out."""

from __future__ import annotations

import re
from functools import cache

import pytest

from checker.agreement import build
from checker.site.contents import SiteContents
from checker.site.page import Page
from checker.site.render import render
from checker.text import read
from checker.verdict import Result, Results, Status
from tests.reference import FOLDER
from tests.site.made_up import HOSTILE, results
from tests.site.markup import Outline, rendered

KILOBYTE = 1024


def made(told: Results) -> dict[str, Page]:
    document = read(FOLDER)
    return {
        page.path: page
        for page in render(SiteContents(build(document.values, document.problems), document, told), "en")
    }


@cache
def pages() -> dict[str, Page]:
    return made(results())


@cache
def outline(path: str) -> Outline:
    return rendered(pages()[path].markdown)


def text_of(path: str) -> str:
    return " ".join(outline(path).text.split())


def drawings(path: str) -> list[str]:
    return re.findall(r'<svg class="sla-chart.*?</svg>', pages()[path].markdown)


@pytest.mark.parametrize(
    ("path", "said"),
    [
        ("index.md", "MQL, April 2027 day by day"),
        ("index.md", "37 by 14 April 2027; 100 are planned for the month; it heads for 86"),
        ("scoreboard.md", "Misses allowed and used"),
        ("scoreboard.md", "asked: Contact every new MQL in person: 5 of 4 used"),
        ("scoreboard.md", "Channels and stages, March 2027"),
        ("scoreboard.md", "Articles and search 210 of 200 41 of 40 12 of 20"),
        ("scoreboard.md", "Why leads came back, March to April 2027"),
        ("scoreboard.md", "10 leads came back. Each bar: for this reason."),
        ("funnel.md", "Channels and stages, March 2027"),
        ("funnel.md", "Opportunity → Customer, by age"),
        ("funnel.md", "January 2027 0 of 32 2 of 32 –"),
        ("promises/mql-volume.md", "MQL, April 2027 day by day"),
        ("promises/mql-volume.md", "14 April 2027 2 37 47.6"),
        ("promises/first-response.md", "How long it took, “asked”, April 2027"),
        ("promises/first-response.md", "90% of the leads 75 minutes"),
        ("promises/first-response.md", "Dot: the month's share."),
    ],
)
def test_what_is_drawn_is_said_too(path: str, said: str):
    """In words, or in the table behind it."""
    assert said in text_of(path)


def test_of_few_leads_no_distribution_is_drawn():
    """Nine are no distribution: of the other rung there is none."""
    assert "How long it took, “other”" not in text_of("promises/first-response.md")


def test_returns_without_a_reason_stand_last():
    """And January is too long ago; a channel's reasons are part of all."""
    (reasons,) = [svg for svg in drawings("scoreboard.md") if "Why leads came back" in rendered(svg).text]
    told = rendered(reasons).text

    assert told.rindex("no answer") < told.rindex("without a reason")
    assert "2 · 20%" in told


def test_a_cell_below_its_target_has_a_mark_beside_its_colour():
    """12 of 20: more than a quarter is missing."""
    (heat,) = [svg for svg in drawings("scoreboard.md") if "Channels and stages" in rendered(svg).text]

    assert 1 == heat.count('v12l-12 -12z"') == heat.count('class="below"')
    assert 1 == heat.count('class="near"')
    assert 5 == heat.count('class="above"') + heat.count('class="plain"')


def test_ages_that_not_everybody_has_seen_are_empty():
    """No cell, and no month without a single one."""
    (heat,) = [svg for svg in drawings("funnel.md") if "by age" in rendered(svg).text]

    assert 6 == heat.count("<rect")
    assert "Mar" not in rendered(heat.partition("</desc>")[2]).text


@pytest.mark.parametrize("path", ["index.md", "scoreboard.md", "funnel.md", "promises/first-response.md"])
def test_a_drawing_is_small_needs_no_script_and_has_its_numbers_behind_it(path: str):
    """One to three kilobytes, names included; each with a table."""
    found = drawings(path)

    assert found
    assert [] == [svg[:200] for svg in found if len(svg.encode()) > 6 * KILOBYTE or "<script" in svg]
    assert sum("<table" in part for part in pages()[path].markdown.split("<figure")) > 0


# ---------------------------------------------------------------- many months, many promises


def of_two_years() -> Results:
    """The first promise's March again, in each of 24 months."""
    march = next(
        result for result in results().results if (result.promise, result.period) == ("mql-quality", "2027-03")
    )
    months = [f"{2025 + (at + 4) // 12}-{(at + 4) % 12 + 1:02d}" for at in range(21)]
    earlier = [march.model_copy(update={"period": period, "judged": False}) for period in months]
    return results().model_copy(update={"results": (*earlier, *results().results)})


def test_earlier_months_stand_folded_below_the_last_five():
    """Six beside each other, the last ones first; each month once."""
    page = made(of_two_years())["scoreboard.md"].markdown
    tables = re.findall(r"<table class=\"sla-table sla-board\"[^>]*>.*?</table>", page, re.S)
    heads = [len(re.findall(r'<th scope="col"', table)) for table in tables]
    text = rendered(page).text

    assert [7, 7, 7, 7, 2] == heads
    assert text.index("Before that: June to November 2026") < text.index("Before that: December 2025 to May 2026")
    assert "Before that: May 2025" in text


def test_a_promise_that_says_nothing_of_earlier_months_has_no_line_there():
    """Only one of them goes back two years."""
    page = made(of_two_years())["scoreboard.md"].markdown
    earlier = page[page.index("Before that") :]
    first = re.search(r"<table class=\"sla-table sla-board\"[^>]*>.*?</table>", earlier, re.S)

    assert first is not None
    assert 1 == first[0].count('<th scope="row"')


def test_results_without_figures_have_the_drawings_of_before():
    """Those of an older check: what is not told is not drawn."""
    plain = results().model_copy(update={"figures": type(results().figures)()})
    told = made(plain)
    text = rendered(told["scoreboard.md"].markdown).text

    assert "Target against actual" in text
    assert "day by day" not in text
    assert "Why leads came back" not in text


def test_a_month_that_is_young_shows_the_one_before():
    """Two days say little."""
    figures = results().figures
    (april,) = figures.daily
    march = april.model_copy(update={"period": "2027-03", "counts": (3,) * 31})
    young = april.model_copy(update={"counts": (1, 1)})
    told = made(results().model_copy(update={"figures": figures.model_copy(update={"daily": (march, young)})}))

    assert "MQL, March 2027 day by day" in rendered(told["index.md"].markdown).text


def test_shares_are_drawn_from_three_months_on():
    """Two are no line."""
    few = [result for result in results().results if result.promise != "mql-quality" or result.period > "2027-02"]
    told = made(results().model_copy(update={"results": tuple(few)}))["promises/mql-quality.md"]

    assert "Dot: the month's share" in text_of("promises/mql-quality.md")
    assert "Dot: the month's share" not in rendered(told.markdown).text


def test_no_data_is_no_dot():
    """A month without leads has no share."""
    last = results().results[-1]

    assert isinstance(last, Result)
    assert last.status is Status.NOT_MEASURABLE
    assert "sla-chart" not in pages()[f"promises/{last.promise}.md"].markdown.partition("Month by month")[2]


def test_hostile_values_of_results_are_letters_only():
    """The name of a channel and a reason for a return, as a company's data may hold them."""
    figures = results().figures
    (reason, *_) = [one for one in figures.return_reasons if one.reason == "budget gone"]
    hostile = figures.model_copy(update={"return_reasons": (reason.model_copy(update={"reason": HOSTILE}),)})
    channel = next(one for one in results().funnel if one.channel == "social_ads")
    funnel = (*results().funnel, channel.model_copy(update={"channel": HOSTILE}))
    told = made(results().model_copy(update={"figures": hostile, "funnel": funnel}))
    html = told["scoreboard.md"].markdown + told["funnel.md"].markdown

    assert 6 <= html.count("alert&#40;1&#41;")
    assert "<script" not in html
    assert "{{" not in html
    assert "**" not in html
