"""The pages that tell the agreement itself: channels, customers, returns, meetings and the like; what stands on them,
which are left out, and that every pencil opens the right line.
"""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from checker.agreement import build
from checker.site.contents import SiteContents
from checker.site.page import Page
from checker.site.render import render
from checker.site.where import PAGES
from checker.text import parse, read
from tests.reference import FOLDER, line_of
from tests.site.made_up import results
from tests.site.markup import Outline, rendered

PENCIL = re.compile(r'&#160;<a class="sla-line sla-edit" href="line:([^"#]*)#([0-9]+)" aria-label="([^"]*)".*?</a>')
DRAFT = """
format: sla/v1
agreement: Ours
status: draft
stages:
  lead: {team: marketing}
"""
EACH_ALONE = {
    "channels.md": "channels: {ads: {team: marketing}}",
    "customers.md": "personas: {boss: {needs: Time}}",
    "propositions.md": "value_propositions: {fast: {say: It is fast, for: boss, proof: A log}}",
    "returns.md": "outcomes: [won_deal]",
    "objections.md": "objections: {price: Too dear}",
    "meetings.md": "meetings: {weekly: {every: week, who: [marketing, sales], topics: [wins, {other: Prices}]}}",
    "tools.md": "processes: {sale: {team: sales}}",
    "roles.md": "people: {ana: {name: Ana, team: sales}}",
    "funnel.md": "rates: {lead_to_mql: 20%}",
    "handoff.md": "sellers: {ana: {}}",
}


@cache
def pages(with_results: bool = True) -> dict[str, Page]:
    document = read(FOLDER)
    agreement = build(document.values, document.problems)
    return {
        page.path: page for page in render(SiteContents(agreement, document, results() if with_results else None), "en")
    }


def made(text: str) -> dict[str, Page]:
    """The pages of a small agreement."""
    document = parse(text)
    return {page.path: page for page in render(SiteContents(build(document.values, document.problems), document), "en")}


def text_of(page: Page) -> str:
    """A page as read from top to bottom, without its pencils."""
    text = " ".join(rendered(PENCIL.sub("", page.markdown)).text.split())
    return text.replace(" ,", ",").replace(" ;", ";")


@pytest.mark.parametrize(
    ("path", "said"),
    [
        ("channels.md", "Articles and search Marketing March 2024 – R$ 18,000 a month"),
        ("channels.md", "The spring fair doubles the leads at the same stand price"),
        ("channels.md", "SQL → Opportunity 80% as for all channels"),
        ("channels.md", "Recognised in the data by Google Ads Bing Ads"),
        ("channels.md", "MQL 30 30 30 40 40 40"),
        ("channels.md", "audit season · to leads where persona is Quality manager Camila · 400 people receive it"),
        ("customers.md", "The 40 customers we have and the last 15 we won, looked at together"),
        ("customers.md", "last reviewed on 20 November 2026 · to be reviewed again by 20 May 2027"),
        ("customers.md", "Part in the decision has a say in it"),
        ("customers.md", "Usually objects “It costs too much”; “Our cold rooms have no wireless network”"),
        ("customers.md", "Recognised by job title contains “operations”"),
        ("customers.md", "read audit guide watch webinar ask for demo"),
        ("propositions.md", "A warm cold room calls a person within two minutes For Quality manager Camila"),
        ("propositions.md", "Proof 2026 alarm log of 38 sites"),
        ("propositions.md", "no piece of content carries it yet"),
        ("propositions.md", "Said in loss calculator and case of a chain"),
        (
            "returns.md",
            "bad data before it is accepted Marketing marketing repairs what is wrong and hands it off again",
        ),
        ("returns.md", "after it was accepted Sales the right contact is looked for within 10 business days"),
        ("returns.md", "marketing goes on teaching contacted again after 60 days"),
        ("returns.md", "duplicate is left out of volume and acceptance"),
        ("returns.md", "a returned lead is handed off again at most 2 times in 12 months"),
        ("returns.md", "Sales: No return without a reason from the list"),
        ("objections.md", "It costs too much Quality manager Camila, Operations director Renato loss calculator"),
        ("objections.md", "audit guide guide Lead Quality manager Camila Camila Nunes, with Ana Beltrão"),
        ("meetings.md", "every 3 months, on the second Tuesday of the month, at 14:00"),
        ("meetings.md", "Who comes Marketing, Sales, Helena Prado, Tomás Quintela and Product"),
        ("meetings.md", "whether the criteria find those who buy"),
        ("meetings.md", "A meeting that falls on a holiday is held on the next working day."),
        ("tools.md", "moved to Opportunity, moved to Customer and lost"),
        ("tools.md", "Lists in it published pieces and kits for sellers"),
        ("tools.md", "Done by Sales · helped by Marketing"),
        ("tools.md", "Tried first by Bruno Sá and Dora Maia, until 30 June 2027"),
        ("roles.md", "Does not cold calls, book meetings for sellers or buy contact lists"),
        ("roles.md", "a lead is 2 business hours past its deadline Tomás Quintela is told: Give the lead to another"),
        ("roles.md", "a seller leaves the leads go to Tomás Quintela within 1 business day"),
        ("roles.md", "an exception is not counted agreed by Camila Nunes, Tomás Quintela and Helena Prado"),
        (
            "roles.md",
            "Monday to Friday, 09:00–18:00 time of America/Sao Paulo no work on the public holidays of Brazil",
        ),
        ("promises/first-response.md", "Friday 17:00 Friday 18:00 Monday 12:00"),
        ("promises/first-response.md", "CRM records when a lead is handed off and contacted in person"),
        ("promises/first-response.md", "not_owed_when: [wrongly_qualified]"),
    ],
)
def test_a_page_tells_what_the_agreement_says(path: str, said: str):
    """In words, with what belongs to it from other sections."""
    assert said in text_of(pages()[path])


def test_a_deadline_before_a_holiday_skips_it():
    """Good Friday 2027 is 26 March: what is handed off on Thursday at 17:00 is due on Monday at 12:00."""
    text = text_of(pages()["promises/first-response.md"])

    # Carnival comes first: Monday 8 and Tuesday 9 February are closed, Friday 5 February is the last day before.
    assert (
        "Friday 5 February 2027, 17:00, before the holiday of 8 February 2027 "
        "Friday 5 February 2027, 18:00 Wednesday 10 February 2027, 12:00"
    ) in text


@pytest.mark.parametrize(
    ("path", "what", "file", "words"),
    [
        ("channels.md", "Articles and search", "channels.yaml", "team: marketing"),
        ("channels.md", "MQL", "targets.yaml", "organic_search:"),
        ("customers.md", "the lead fits", "", ""),
        ("customers.md", "Problem", "personas.yaml", "problem: Fails audits"),
        ("customers.md", "employees is 50 to 2,000", "stages.yaml", "- employees: 50 to 2000"),
        ("propositions.md", "Proof", "personas.yaml", "proof: 2026 alarm log"),
        ("qualification.md", "the lead has at least 30 points", "stages.yaml", "- points: at least 30"),
        ("qualification.md", "hot", "stages.yaml", "rank: hot"),
        ("qualification.md", "ask for demo", "stages.yaml", "ask_for_demo: {mode"),
        ("handoff.md", "phone", "handoff.yaml", "phone: {used_for"),
        ("handoff.md", "industry", "data.yaml", "industry:"),
        ("handoff.md", "Ana Beltrão", "sellers.yaml", "ana: {stand_in"),
        ("handoff.md", "every other lead", "handoff.yaml", "otherwise: yes"),
        ("returns.md", "bad data", "feedback.yaml", "bad_data:"),
        ("returns.md", "won deal", "feedback.yaml", "outcomes:"),
        ("objections.md", "It costs too much", "feedback.yaml", "price: It costs too much"),
        ("objections.md", "audit guide", "feedback.yaml", "audit_guide:"),
        ("meetings.md", "Weekly 30 minutes", "meetings.yaml", "every: week"),
        ("meetings.md", "new objections", "meetings.yaml", "late first contacts, new objections"),
        ("tools.md", "CRM", "data.yaml", "team: sales"),
        ("tools.md", "Proposal", "meetings.yaml", "Meeting, Proposal, Contract"),
        ("roles.md", "Helena Prado", "people.yaml", "helena:"),
        ("roles.md", "a seller leaves", "sellers.yaml", "if_seller_leaves:"),
        ("roles.md", "office", "working_time.yaml", "office:"),
        ("dictionary.md", "nurture", "dictionary.yaml", "nurture:"),
        ("dictionary.md", "suspect", "dictionary.yaml", "suspect: lead"),
        ("funnel.md", "Search ads", "targets.yaml", "paid_search:"),
        ("funnel.md", "Opportunity", "targets.yaml", "opportunity:"),
        ("promises/first-response.md", "asked", "promises.yaml", "name: asked"),
        ("promises/first-response.md", "2 months in a row are missed", "promises.yaml", "months_missed: 2"),
        ("promises/handoff-speed.md", "27 January", "", ""),
    ],
)
def test_the_pencil_beside_an_item_opens_its_line(path: str, what: str, file: str, words: str):
    """Its name says what is edited, and where."""
    found = [
        (match[1].rpartition("/")[2], int(match[2]))
        for match in PENCIL.finditer(pages()[path].markdown)
        if Outline(f'<a aria-label="{match[3]}">').attributes("aria-label")[0].startswith(f"Edit “{what}")
    ]

    assert ((file, line_of(file, words)) in found) if file else (found == [])


@pytest.mark.parametrize("path", sorted(PAGES))
def test_a_page_without_its_section_is_left_out_and_one_section_is_enough(path: str):
    """Never an empty page; with one key of many the page is there, and reads."""
    alone = made(f"{DRAFT}{EACH_ALONE[path]}\n")

    assert path not in made(DRAFT)
    assert 40 < len(text_of(alone[path]))
    assert "None" not in text_of(alone[path])


@pytest.mark.parametrize(
    ("section", "path", "said"),
    [
        ("channels: {ads: {team: marketing}}", "channels.md", "What each channel must bring is not agreed yet."),
        ("personas: {boss: {needs: Time}}", "customers.md", "Which companies are our ideal customers"),
        ("outcomes: [won_deal]", "returns.md", "For which reasons a lead may come back is not agreed yet."),
        ("objections: {price: Too dear}", "objections.md", "no piece answers it yet"),
        ("processes: {sale: {team: sales}}", "tools.md", "Its steps are not agreed yet."),
        ("people: {ana: {name: Ana, team: sales}}", "roles.md", "Who is told when a promise is missed is not agreed"),
    ],
)
def test_one_line_says_what_is_not_agreed_yet(section: str, path: str, said: str):
    """Where it would help to know."""
    assert said in text_of(made(f"{DRAFT}{section}\n")[path])


def test_meetings_begin_with_what_is_missed_and_with_spent_budgets():
    """What needs both teams first, with what the agreement says is done now; nothing of it without results."""
    text = text_of(pages()["meetings.md"])

    assert text.index("can no longer be kept Contact every new MQL in person") < text.index("Weekly 30 minutes")
    assert "1 miss more than the 4 allowed The sales director calls these leads the same day" in text
    assert "On the table now" not in text_of(pages(False)["meetings.md"])


def test_two_years_and_sixty_promises_have_pages():
    """Every month has its column, every promise its page."""
    promises = "".join(
        f"  p{number}: {{promise: Promise number {number}, measure: volume, of: lead, target: {number + 1} a month}}\n"
        for number in range(60)
    )
    text = f"""{DRAFT}  mql: {{team: marketing}}
plan: {{months: 2027-01 to 2028-12}}
channels: {{ads: {{team: marketing, rates: {{lead_to_mql: 10%}}}}}}
targets: {{mql: {{ads: {{2027-01 to 2028-12: 30}}}}}}
marketing_promises:
{promises}"""
    found = made(text)

    assert 60 == sum(path.startswith("promises/") for path in found)
    assert 24 == found["channels.md"].markdown.count('<td class="n sla-written">30</td>')


NAMES = st.text(st.characters(codec="utf-8", exclude_categories=("Cs", "Cc")), min_size=1, max_size=40)


@given(NAMES, NAMES)
def test_whatever_is_written_stays_in_its_place(name: str, words: str):
    """Names and prose of any letters make the same elements as plain ones: nothing is opened, nothing closed."""
    plain, odd = _shapes("Ana", "Words"), _shapes(name, words)

    assert plain == odd


def _shapes(name: str, words: str) -> dict[str, list[str]]:
    """Page -> its elements in order, without what tooltips add."""
    values = parse(DRAFT).values | {
        "people": {"ana": {"name": name or "x", "team": "sales", "role": words}},
        "objections": {"price": words},
        "personas": {"boss": {"name": name, "problem": words, "objections": ["price"]}},
        "value_propositions": {"fast": {"say": words, "for": "boss", "proof": name}},
        "meetings": {"weekly": {"name": name, "every": "week", "who": ["sales"], "topics": [{"other": words}]}},
        "channels": {"ads": {"team": "sales", "name": name, "why": words}},
    }
    document = parse(DRAFT)
    pages = render(SiteContents(build(values), document), "en")
    return {
        page.path: [tag for tag, _ in Outline(page.markdown).elements if tag != "abbr"]
        for page in pages
        if page.path in PAGES
    }


def test_the_pencil_is_a_line_in_words_where_there_is_no_repository(tmp_path: Path):
    """Plain text: the file and its line."""
    page = pages()["channels.md"]
    plain = page.resolved(lambda path: f"/{path}", lambda file, line: None)
    linked = page.resolved(lambda path: f"/{path}", lambda file, line: f"https://git.example.org/{file}#L{line}")

    assert '<a class="sla-line sla-edit"' not in plain
    assert '<span class="sla-line sla-edit"><span data-search-exclude>' in plain
    assert re.search(
        r'<a class="sla-line sla-edit" href="https://git.example.org/[^"]*channels.yaml#L6" aria-label=', linked
    )
