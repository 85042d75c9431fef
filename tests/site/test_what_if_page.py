"""The page that reckons for itself, as its reader uses it: by mouse, by keyboard, by an address, without scripts."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.reference import line_of
from tests.site.built import REPOSITORY, built, laid_out
from tests.site.served import Visit, served


@pytest.fixture(scope="module")
def home(tmp_path_factory) -> Iterator[str]:
    with served(built(laid_out(tmp_path_factory.mktemp("site")))) as address:
        yield address


@pytest.fixture
def visit(browser: Browser, home: str) -> Iterator[Visit]:
    with Visit(browser, home) as visit:
        yield visit


def status(page: Page) -> str:
    return page.get_by_role("status").inner_text()


def rows(page: Page) -> list[list[str]]:
    """The table by month, without its heading."""
    table = page.locator("#what-if-months tbody tr")
    return [row.locator("th, td").all_inner_texts() for row in table.all()]


def test_it_begins_with_what_is_agreed(visit: Visit):
    """The same numbers as the table that stands there without a script."""
    page = visit.goto("what-if/")

    assert "46 customers, R$\u00a01,380,000" == status(page)
    assert ["January 2027", "15,000", "400", "80", "40", "32", "6", "R$\u00a0180,000", "86%"] == rows(page)[0]
    assert ["Whole plan", "97,500", "2,700", "540", "270", "216", "46", "R$\u00a01,380,000", ""] == rows(page)[-1]
    assert "The agreement says exactly this already." in page.locator("#what-if-more").inner_text()
    assert [] == visit.settle()


def test_a_slider_is_moved_by_keyboard(visit: Visit):
    """Every slider has a name, and a field beside it that follows."""
    page = visit.goto("what-if/")
    slider = page.get_by_role("slider", name="Opportunity → Customer (%)")
    slider.focus()
    page.keyboard.press("ArrowRight")
    page.keyboard.press("ArrowRight")

    expect(page.get_by_role("spinbutton", name="Opportunity → Customer (%)")).to_have_value("27")
    expect(slider).to_have_attribute("aria-valuetext", "27%")
    expect(page).to_have_url(f"{visit.home}what-if/#rate.opportunity_to_customer=27")


def test_a_field_takes_what_is_typed_and_nothing_else(visit: Visit):
    """What is no number of that kind is marked, and changes nothing."""
    page = visit.goto("what-if/")
    field = page.get_by_role("spinbutton", name="Revenue to reach (R$)")
    field.fill("1500000")
    expect(page.get_by_role("status")).to_have_text("50 customers, R$\u00a01,500,000")
    field.fill("-3")

    expect(field).to_have_attribute("aria-invalid", "true")
    assert "50 customers, R$\u00a01,500,000" == status(page)


def test_what_binds_is_said_with_what_would_unlock_it(visit: Visit):
    """In the words of `sla plan`, in the month in which it does so most."""
    page = visit.goto("what-if/#from=customers&customers=80")

    assert page.locator("#what-if .sla-n").first.inner_text().startswith("This cannot be reached as things are:")
    assert "sellers would do, or" in page.locator(".sla-wi-limits").inner_text()


def test_an_address_carries_the_scenario(browser: Browser, home: str):
    """Whoever opens it sees the same; whoever goes back to what is agreed has a plain address again."""
    with Visit(browser, home) as first:
        page = first.goto("what-if/")
        page.get_by_label("from leads to customers").check()
        page.get_by_role("spinbutton", name="MQL from Trade fairs, whole plan").fill("180")
        page.keyboard.press("Tab")
        address, seen = page.get_by_label("Whoever opens this address").input_value(), rows(page)
        assert page.url == address
    with Visit(browser, home) as second:
        page = second.goto(address.removeprefix(home))
        assert (seen, True) == (rows(page), page.get_by_label("from leads to customers").is_checked())
        page.get_by_role("button", name="Back to what is agreed").click()

        assert f"{home}what-if/" == page.url
        assert "46 customers, R$\u00a01,380,000" == status(page)


WITHOUT_RATES = """format: sla/v1
agreement: Our agreement
status: draft
stages:
  lead: {team: marketing}
  customer: {team: sales, is: won}
plan: {months: 2027-01 to 2027-03, customers: 4}
"""
HOSTILE = (
    "#revenue=<img src=x onerror=window.__xss=1>",
    "#revenue=1e999&customers=NaN&sellers=-1",
    "#rate.opportunity_to_customer=101&rate.sql_to_opportunity=0",
    "#__proto__=1&constructor=2&toString=3&from=constructor",
    "#from=<script>&deal=" + "9" * 5000,
    "#&&&===&%00=%ff&revenue",
    "#revenue=٣٣٣&customers=１２&cycle=2.5",
    "#rate.mql_to_sql=50&leads.mql.nobody=5&x.y.z=1",
)


@pytest.mark.parametrize("fragment", HOSTILE)
def test_a_hostile_address_is_the_agreed_plan(visit: Visit, fragment: str):
    """What is not known, or is out of range, does not count; nothing runs."""
    page = visit.goto("what-if/" + fragment)

    assert "46 customers, R$\u00a01,380,000" == status(page)
    assert (None, 0) == (page.evaluate("window.__xss"), page.locator("article img").count())
    assert [] == visit.settle()


def test_an_address_that_is_changed_by_hand_counts_at_once(visit: Visit):
    """As a link on the same page would."""
    page = visit.goto("what-if/")
    page.evaluate("location.hash = 'revenue=1500000'")

    expect(page.get_by_role("status")).to_have_text("50 customers, R$\u00a01,500,000")


def test_lines_to_paste_lead_to_their_place(visit: Visit):
    """The old line, the new one, and the editor at that line."""
    page = visit.goto("what-if/#rate.sql_to_opportunity=85")
    line = line_of("targets.yaml", "  sql_to_opportunity: 80%")
    item = page.locator(".sla-wi-lines > li", has_text=f"sla/targets.yaml, line {line}")

    assert f"{REPOSITORY}/edit/main/sla/targets.yaml#L{line}" == item.get_by_role("link").get_attribute("href")
    assert "  sql_to_opportunity: 80%" == item.locator("del").inner_text()
    assert "  sql_to_opportunity: 85%" == item.locator("ins").inner_text()


def test_without_scripts_it_says_so_and_shows_what_is_agreed(browser: Browser, home: str):
    """The table is there, and one sentence of what is not."""
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(home + "what-if/")

    assert "switched off here" in page.locator("article").inner_text()
    assert ["January 2027", "15,000", "400", "80", "40", "32", "6", "R$ 180,000"] == rows(page)[0]
    context.close()


def test_it_speaks_the_language_of_the_site(browser: Browser, tmp_path):
    """Numbers and money as people there write them."""
    with served(built(laid_out(tmp_path, language="pl"))) as address, Visit(browser, address) as visit:
        page = visit.goto("what-if/")

        assert "15\u00a0000" in rows(page)[0]
        assert any(cell.endswith("R$") for cell in rows(page)[0])
        assert [] == visit.settle()


def test_a_plan_that_lacks_a_number_says_which(browser: Browser, tmp_path):
    """In the place of sliders that could move nothing."""
    (tmp_path / "sla").mkdir()
    (tmp_path / "sla" / "agreement.yaml").write_text(WITHOUT_RATES, encoding="utf-8")
    with served(built(laid_out(tmp_path))) as address, Visit(browser, address) as visit:
        page = visit.goto("what-if/")

        assert "a plan needs the rate lead_to_customer" in page.locator(".sla-note").inner_text()
        assert 0 == page.get_by_role("slider").count()
        assert [] == visit.settle()
