"""The pages of a plan and of a test of the criteria: there when their files are, and true to them."""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path

import pytest

from checker.agreement import build
from checker.backtested import BacktestFile
from checker.report.plan_json import PlanFile
from checker.site.checked import Refused, checked_pages
from checker.site.contents import SiteContents, SiteFiles
from checker.site.page import Page, menu
from checker.site.render import render
from checker.text import read
from tests.reference import FOLDER
from tests.site.built import laid_out
from tests.site.made_up import HOSTILE
from tests.site.made_up_studies import backtest, plan
from tests.site.markup import rendered


def made(planned: PlanFile | None = None, tested: BacktestFile | None = None) -> dict[str, Page]:
    document = read(FOLDER)
    agreement = build(document.values, document.problems)
    contents = SiteContents(agreement, document, plan=planned, backtest=tested)
    return {page.path: page for page in render(contents, "en")}


@cache
def page(path: str, revenue: int | None = None) -> Page:
    return made(plan(revenue), backtest())[path]


def text_of(path: str, revenue: int | None = None) -> str:
    return " ".join(rendered(page(path, revenue).markdown).text.split())


@pytest.mark.parametrize(
    ("planned", "tested", "expected"),
    [
        (None, None, []),
        (plan(), None, ["plan.md"]),
        (None, backtest(), ["backtest.md"]),
        (plan(), backtest(), ["plan.md", "backtest.md"]),
    ],
)
def test_each_page_is_there_and_in_the_menu_when_its_file_is(
    planned: PlanFile | None, tested: BacktestFile | None, expected: list[str]
):
    """And not before."""
    there = made(planned, tested)
    named = re.findall(r"'((?:plan|backtest)\.md)'", str(menu(there.values())))

    assert expected == [path for path in there if path in ("plan.md", "backtest.md")]
    assert expected == named


# ---------------------------------------------------------------- the plan


@pytest.mark.parametrize(
    "said",
    [
        # test vector A of the arithmetic
        "46 customers to win",
        "January 2027 15,000 400 80 40 32 6 R$ 180,000",
        "Whole plan 97,500 2,700 540 270 216 46 R$ 1,380,000",
        "Nothing: the sellers take these leads, and a customer costs no more than agreed.",
        "January 2027 80 93.5 86%",
        "March 2027 80 104.5 77%",
        "June 2027 80 100 80%",
        "January 2027 R$ 9,667 R$ 12,000 81%",
        "June 2027 R$ 7,250 R$ 12,000 60%",
        "The agreement says exactly this.",
    ],
)
def test_a_plan_that_can_be_reached(said: str):
    """Its numbers, what it takes of the sellers, what a customer costs."""
    assert said in text_of("plan.md")


@pytest.mark.parametrize(
    "said",
    [
        "49 customers at most, as things are",
        "This cannot be reached as things are: 49 customers at most. What binds:",
        "first, with one customer more than that: in May 2027 112 leads arrive (MQL), and 5 sellers take 110",
        "R$ 2,000,000 is no whole number of customers: planned is the next one that is.",
        "A plan to talk about: the agreement says something else today.",
        "revenue: R$ 2010000",
    ],
)
def test_a_plan_that_cannot_be_reached_says_what_binds_first(said: str):
    """And by how much."""
    assert said in text_of("plan.md", 2_000_000)


# ---------------------------------------------------------------- the test of the criteria


@pytest.mark.parametrize(
    "said",
    [
        "Who fits buys more often. Who fits: 14 of 100 bought (14%). Who does not: 6 of 200 bought (3%).",
        "Leads that fits does not fit cannot be told all bought 14 6 20 40 did not buy 86 194 280 560",
        "Of 300 of 600 leads (50%) it cannot be told: what is said here is about the smaller part of them.",
        "14% of those who fit bought (precision; 4% to 24%)",
        # Wilson's interval of 14 in 40
        "35% of the customers fit (recall; 22.1% to 50.5%)",
        "2.1x as often as all these leads together (lift)",
        "The conditions of MQL, by channel",
        "without a channel 7 of 50 bought (14%) 1 of 90 bought (1.1%) 0 no difference to be told",
        "country is Brazil 14 of 100 bought (14%) there is none it keeps out nobody else",
        "“employees is at least 20” is worth trying. 12 other bounds were tried",
        "Not tested: industry seems to be filled in when somebody buys. 40 of 40 customers have it",
        "Mind that the data has this as it was when it was exported",
        "Of 3 leads no action is known; they are left out.",
        "120 younger leads are left out, won or lost or open.",
    ],
)
def test_what_the_page_of_the_criteria_says(said: str):
    """Who cannot be told stands in a column of its own, and half of them is shown, not hidden."""
    assert said in text_of("backtest.md")


def test_hostile_values_are_letters_only():
    """Of a condition, a channel, a rank and an action, in text and in drawings."""
    html = page("backtest.md").markdown

    assert HOSTILE not in html
    assert "<script" not in html
    assert "{{" not in html
    assert "alert&#40;1&#41;" in html


def test_every_drawing_has_its_words_and_its_table():
    """As on every page; and no id stands twice."""
    for path in ("plan.md", "backtest.md"):
        found = rendered(page(path, 2_000_000).markdown)
        drawn = [one for tag, one in found.elements if tag == "svg" and one.get("role") == "img"]
        ids = found.attributes("id")

        assert drawn
        assert len(drawn) == sum(tag == "title" for tag, _ in found.elements)
        assert len(drawn) <= sum(tag == "table" for tag, _ in found.elements)
        assert len(set(ids)) == len(ids)


# ---------------------------------------------------------------- files


def test_files_are_read_beside_the_results(tmp_path: Path):
    """Where the options of the site say."""
    laid_out(tmp_path)
    (tmp_path / "build").mkdir()
    (tmp_path / "build" / "plan.json").write_text(plan().model_dump_json(), encoding="utf-8")
    (tmp_path / "b.json").write_text(backtest().model_dump_json(), encoding="utf-8")
    found = checked_pages(SiteFiles(tmp_path, backtest="b.json"), "en")

    assert {"plan.md", "backtest.md"} <= {one.path for one in found}


@pytest.mark.parametrize(
    ("plan", "backtest", "said"),
    [
        ("p.json", "", "p.json does not hold a plan: write it again with “sla plan --format json=p.json”"),
        ("", "p.json", "p.json does not hold a test of the criteria"),
        ("sla", "", "sla cannot be read"),
    ],
)
def test_a_file_of_something_else_is_refused(tmp_path: Path, plan: str, backtest: str, said: str):
    """With the command that writes it."""
    laid_out(tmp_path)
    (tmp_path / "p.json").write_text('{"format": "other/v1"}', encoding="utf-8")
    with pytest.raises(Refused) as refused:
        checked_pages(SiteFiles(tmp_path, plan=plan, backtest=backtest), "en")

    assert said in str(refused.value)
