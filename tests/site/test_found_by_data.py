"""What the data says about the agreement, on the page about the data."""

from __future__ import annotations

from checker.agreement import build
from checker.finding_record import Waiver
from checker.message import say
from checker.site.contents import SiteContents
from checker.site.render import render
from checker.text import read
from checker.verdict import Quality, Results
from tests.reference import FOLDER
from tests.site.made_up import HOSTILE, found, results, said
from tests.site.markup import rendered


def page(told: Results, language: str = "en") -> str:
    document = read(FOLDER)
    made = render(SiteContents(build(document.values, document.problems), document, told), language)
    return " ".join(rendered(next(item for item in made if item.path == "data.md").markdown).text.split())


def test_each_is_told_with_its_line_and_what_to_do():
    """What stands in the data stands there as it is, and does nothing."""
    text = page(results().model_copy(update={"findings": (found(),)}))

    assert "What the data says about the agreement" in text
    assert f"since March 2027 {HOSTILE} is blank SLA340" in text
    assert "have it filled in" in text
    assert "sla/stages.yaml, line 3" in text


def test_it_speaks_the_language_of_the_site():
    """Not that of the results file."""
    assert "março de 2027" in page(results().model_copy(update={"findings": (found(),)}), "pt-BR")


def test_what_is_waived_is_not_told():
    """It stands under what is accepted for a while."""
    waived = found(waived=Waiver(reason="the new form", until="2027-12-31"))

    assert "What the data says about the agreement" not in page(results().model_copy(update={"findings": (waived,)}))


def test_unknown_values_are_told_once():
    """By the finding, where there is one."""
    odd = Quality(what="unknown value", count=12, said=said(say("12 leads have a value")), about="channel")
    told = results()
    told = told.model_copy(update={"data": told.data.model_copy(update={"quality": (odd,)})})

    assert "12 leads have a value" in page(told)
    assert "12 leads have a value" not in page(told.model_copy(update={"findings": (found(code="SLA117"),)}))
