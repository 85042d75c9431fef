"""The pages of the reference agreement: which there are, what stands on them, and that every link leads somewhere."""

from __future__ import annotations

import re
from functools import cache
from typing import Any

import pytest
from ruamel.yaml import YAML

from checker.agreement import build
from checker.language import LANGUAGES
from checker.site.contents import SiteContents
from checker.site.page import Page, menu
from checker.site.render import render
from checker.site.safe import safe
from checker.text import Document, parse, read
from checker.verdict import Results
from tests.reference import FOLDER, line_of
from tests.site.hostile import ATTACKS
from tests.site.made_up import results
from tests.site.markup import Outline, rendered

yaml = YAML(typ="safe")
SMALL = """
format: sla/v1
agreement: Ours
stages:
  lead: {team: marketing}
"""
PENCIL = re.compile(r'&#160;<a class="sla-line sla-edit".*?</a>')
SIDES_OF_HOME = ("What marketing promises", "What sales promises", "What both promise")


@cache
def document() -> Document:
    return read(FOLDER)


@cache
def pages(with_results: bool = True, language: str = "en") -> dict[str, Page]:
    agreement = build(document().values, document().problems)
    made = render(SiteContents(agreement, document(), results() if with_results else None), language)
    return {page.path: page for page in made}


@cache
def outline(path: str, with_results: bool = True) -> Outline:
    return rendered(pages(with_results)[path].markdown)


def text_of(path: str, with_results: bool = True) -> str:
    """A page as read from top to bottom, without the pencils, which are drawn."""
    return " ".join(rendered(PENCIL.sub("", pages(with_results)[path].markdown)).text.split())


def test_there_is_a_page_for_everything():
    """A page for each subject, one for what both promise, and one for each promise."""
    promises = [f"promises/{promise.id}.md" for promise in build(document().values).promises()]
    others = ["index", "scoreboard", "funnel", "what-if", "marketing/index", "sales/index", "both/index", "data"]
    others += ["customers", "propositions", "channels", "qualification"]
    others += ["handoff", "returns", "objections", "meetings", "tools", "roles", "dictionary", "change-it"]

    assert {*promises, *(f"{name}.md" for name in others)} == set(pages())


@pytest.mark.parametrize("with_results", [True, False])
def test_every_link_leads_to_a_page_and_every_anchor_to_an_element(with_results: bool):
    """No page names another that does not exist."""
    made = pages(with_results)
    ids = {path: set(outline(path, with_results).attributes("id")) for path in made}
    wrong = [
        (path, target)
        for path in made
        for target in outline(path, with_results).attributes("href")
        if target.startswith(("page:", "#"))
        and not leads(target.removeprefix("page:") if target.startswith("page:") else path + target, ids)
    ]

    assert [] == wrong


def leads(target: str, ids: dict[str, set[str]]) -> bool:
    path, _, anchor = target.partition("#")
    return path in ids and (not anchor or anchor in ids[path])


@pytest.mark.parametrize("with_results", [True, False])
def test_no_id_stands_twice_on_a_page(with_results: bool):
    """Drawings, headings and words share one page."""
    for path in pages(with_results):
        ids = outline(path, with_results).attributes("id")

        assert len(set(ids)) == len(ids), path


@pytest.mark.parametrize("with_results", [True, False])
def test_every_drawing_has_a_title_a_description_and_a_table_behind_it(with_results: bool):
    """Never a picture alone; marks beside a word are hidden from those who only listen."""
    for path in pages(with_results):
        page = outline(path, with_results)
        drawings = [attributes for tag, attributes in page.elements if tag == "svg"]
        named = [attributes for attributes in drawings if attributes.get("role") == "img"]

        assert all(attributes.get("aria-labelledby") for attributes in named)
        assert all(attributes.get("aria-hidden") == "true" for attributes in drawings if attributes not in named)
        assert len(named) == sum(tag == "title" for tag, _ in page.elements)
        assert len(named) == sum(tag == "desc" for tag, _ in page.elements)
        assert not named or "table" in page.names() or path.startswith("promises/") or path == "change-it.md"


def test_every_table_scrolls_in_a_region_with_a_name():
    """A wide table moves by itself, also with the keyboard; the page does not."""
    for path in pages():
        page = outline(path)
        regions = [attributes for _, attributes in page.elements if attributes.get("role") == "region"]

        assert sum(tag == "table" for tag, _ in page.elements) == len(regions)
        assert all(region["tabindex"] == "0" and region["aria-label"] for region in regions)


@pytest.mark.parametrize(
    ("path", "file", "words"),
    [
        ("promises/first-response.md", "promises.yaml", "first-response:"),
        ("promises/win-rate.md", "promises.yaml", "win-rate:"),
        ("funnel.md", "targets.yaml", "targets:"),
        ("handoff.md", "handoff.yaml", "handoff:"),
        ("dictionary.md", "dictionary.yaml", "dictionary:"),
        ("qualification.md", "stages.yaml", "stages:"),
    ],
)
def test_a_page_knows_the_line_that_it_came_from(path: str, file: str, words: str):
    """For the edit button."""
    page = pages()[path]

    assert (file, line_of(file, words)) == (page.file.rpartition("/")[2], page.line)


def test_home_begins_with_the_age_of_the_data():
    """Before any verdict."""
    text = text_of("index.md")

    assert text.index("Data up to 14 April 2027, 17:47") < text.index("April 2027 at a glance")
    assert "judged as of 14 April 2027, 18:00" in text


@pytest.mark.parametrize(
    "said",
    [
        "can no longer be kept Sales · April 2027 Contact every new MQL in person asked: within 1 business hour",
        "72.2% 13 of 18 target 95%",
        "1 miss more than the 4 allowed",
        "The sales director calls these leads the same day",
        "37 of 100",
        "pace 86.3%: heads for 86, most likely 67 to 109; needs 5.25 a day, had 4.11 a day",
        "early warning: 4 of 8 missed in the last 5 working days, 10 times what is allowed",
        "28.1% 9 of 32 target as planned January 2027",
        "R$ 96,000 revenue: target R$ 240,000",
        "5 promises cannot be judged on this data, and what would unlock them",
        "no column says when an activity was written down Map the activity's creation date to “activity_logged”.",
    ],
)
def test_home_tells_where_each_promise_stands(said: str):
    """In one line: standing, sentence, figures with their n."""
    assert said in text_of("index.md")


@pytest.mark.parametrize(
    ("path", "said"),
    [
        ("promises/mql-volume.md", "pace 86.3%: heads for 86, most likely 67 to 109; needs 5.25 a day, had 4.11 a day"),
        (
            "promises/first-response.md",
            "5 of about 4 allowed misses used; at 100% of them the agreement says: "
            "The sales director calls these leads the same day",
        ),
        ("promises/first-response.md", "escalation: 5 leads were missed, so tell each lead's seller: Call now"),
        ("promises/first-response.md", "early warning: 4 of 8 missed in the last 5 working days"),
        (
            "promises/accept-or-return.md",
            "2 are not counted, from 25 January 2027 to 26 January 2027: The integration was down "
            "(agreed by Helena Prado and Tomás Quintela)",
        ),
        (
            "promises/accept-or-return.md",
            "1 was not owed, because the other side was late with it (handoff-speed)",
        ),
        ("promises/accept-or-return.md", "about, because became_mql stands for handed_off"),
        (
            "promises/accept-or-return.md",
            "three months together (January 2027 to March 2027): 236 of 249, or 94.8%, would be missed",
        ),
        ("scoreboard.md", "Marketing heads for 86"),
        ("scoreboard.md", "early warning: 4 of 8 missed"),
    ],
)
def test_what_stands_beside_a_verdict_is_on_its_page(path: str, said: str):
    """Where it heads, what is to be done and by whom, what was left out and who agreed to it."""
    assert said in text_of(path)


def test_without_results_home_tells_what_is_promised_and_how_to_judge_it():
    """Plainly: there is no scoreboard yet."""
    text = text_of("index.md", False)

    assert "No scoreboard yet" in text
    assert "sla check --format json=build/results.json" in text
    assert "sla source inspect" not in text
    assert "R$ 1,380,000 revenue to reach together" in text
    assert "Contact every new MQL in person within 1 business hour or 4 business hours · target 95% or 90%" in text
    assert "kept" not in text.split("No scoreboard yet")[0]


def test_without_a_source_home_tells_how_to_begin_one():
    """A check would not know where the data is."""
    document = parse(SMALL)
    home = next(
        page for page in render(SiteContents(build(document.values), document), "en") if page.path == "index.md"
    )
    advised = [line for line in home.markdown.splitlines() if "<code>sla " in line]

    assert [
        "<pre><code>sla source inspect EXPORT.csv --output sla/source.yaml</code></pre>",
        "<pre><code>sla check --format json=build/results.json</code></pre>",
    ] == advised


def test_a_side_that_promises_nothing_has_no_heading():
    """With nothing below it, it would look as if something were missing."""
    document = parse(
        f"{SMALL}marketing_promises: {{volume: {{promise: Bring, measure: volume, of: lead, target: 9 a month}}}}"
    )
    agreement = build(document.values, document.problems)
    home = next(page for page in render(SiteContents(agreement, document), "en") if page.path == "index.md")

    assert ["What marketing promises"] == [said for said in SIDES_OF_HOME if said in home.markdown]


@pytest.mark.parametrize("path", ["scoreboard.md", "data.md"])
def test_without_results_these_pages_say_so(path: str):
    """No table of zeros."""
    assert outline(path, False).names() <= {"h1", "div", "p", "a"}


def test_the_scoreboard_shows_symbol_word_and_n_for_each_month():
    """Never a colour alone: each cell has a drawn mark, a word for those who listen, and its n."""
    text = text_of("scoreboard.md")
    cells = re.findall(r'<td class="n sla-cell sla-[a-z_]+">.*?</td>', pages()["scoreboard.md"].markdown)

    assert "kept 96.6% n 29" in text
    assert "missed 92.3% n 26" in text
    assert "at risk 37 of 100" in text
    assert 40 < len(cells)
    assert all("<svg" in cell and "sla-hidden" in cell for cell in cells)


def test_the_arithmetic_is_written_out():
    """Test vector A of the plan, April: channels, rates, what follows, the lag."""
    text = text_of("funnel.md")

    assert "Articles and search 10,000 × 2% = 200 × 20% = 40 × 50% = 20" in text
    assert "All channels 17,500 500 100 50" in text
    assert "50 × 80% = 40 SQL → Opportunity, April 2027" in text
    assert "40 × 25% = 10 Opportunity of April 2027 → Customer of June 2027, 2 months later" in text
    assert "8 × R$ 30,000 = R$ 240,000" in text


def test_cohorts_are_followed_beside_the_agreed_rates():
    """A month that is old enough shows the share that decides; a younger one, how many so far; never a span."""
    text = text_of("funnel.md")

    assert "January 2027 20.1% 83 of 412 so far 49.4% 41 of 83 so far 80.5% 33 of 41 so far 24.2% 8 of 33 " in text
    assert "Agreed 20% 40% 80% 25%" in text
    assert text.index("April 2027 15.8%") < text.index("January 2027 20.1%")


def test_written_numbers_can_be_told_from_those_that_follow():
    """What people decided is bold; what follows is not."""
    page = pages()["funnel.md"].markdown

    assert '<td class="n sla-written">32</td>' in page
    assert '<td class="n">15&#44;000</td>' in page
    assert "Whole plan 97,500 2,700 540 270 216 46 R$ 1,380,000" in text_of("funnel.md")


def test_the_payload_names_what_goes_along_by_itself():
    """Also what the criteria, the points and the routing ask about."""
    text = text_of("handoff.md")

    assert "phone personal yes first call" in text
    assert "state yes criteria and routing PR" in text
    assert "account seller where known" in text
    assert "If that fails: Daily export to the same queue, until 09:00 of the next working day" in text


@pytest.mark.parametrize(
    "said",
    [
        "1 business hour within, for leads “asked”",
        "An example: handed off Friday 17:00, to be contacted in person by Monday 12:00.",
        "what counts as contact in person: phone call, personal e-mail, meeting or personal message",
        "a lead is not owed where it did not meet the criteria when it was handed off",
        "50% of the allowed misses are used up First topic of the weekly meeting",
        "a lead is 2 business hours past its deadline Tomás Quintela is told: Give the lead to another seller",
        "agreed by Camila Nunes and Tomás Quintela",
        "business time is Monday to Friday, 09:00–18:00, time of America/Sao Paulo",
    ],
)
def test_a_promise_tells_all_about_itself(said: str):
    """Who, what, by when, how it is counted, what happens else, what was excepted."""
    assert said in text_of("promises/first-response.md")


def test_a_promise_has_its_history_newest_month_first():
    """With what stands beside each verdict."""
    text = text_of("promises/mql-quality.md")

    assert text.index("March 2027 kept") < text.index("January 2027 kept")
    assert "21 by silence" in text


def test_missed_leads_are_named_and_linked_where_the_source_says_how():
    """By their ids alone; an id cannot lead anywhere else."""
    page = pages()["promises/first-response.md"]
    linked = replace(results(), "first-response.asked", ("L 1&x", "L-2"))
    source: Any = document().values["source"]
    agreement = build({**document().values, "source": {**source, "link": "https://crm.example.com/lead/{id}"}})
    made = {page.path: page for page in render(SiteContents(agreement, document(), linked), "en")}
    outlined = rendered(made["promises/first-response.md"].markdown)

    assert "https://crm" not in page.markdown
    assert "L-20300" in page.markdown.replace("&#45;", "-")
    assert {"https://crm.example.com/lead/L%201%26x", "https://crm.example.com/lead/L-2"} <= {
        *outlined.attributes("href")
    }


def replace(checked: Results, promise: str, leads: tuple[str, ...]) -> Results:
    """The same results with other missed leads."""
    changed = [
        result.model_copy(update={"offenders": leads}) if result.promise == promise else result
        for result in checked.results
    ]
    return checked.model_copy(update={"results": tuple(changed)})


@pytest.mark.parametrize("language", LANGUAGES)
def test_pages_speak_every_language(language: str):
    """The same pages at the same addresses."""
    assert set(pages()) == set(pages(language=language))


def test_the_smallest_agreement_has_pages_too():
    """Three keys are enough; what is missing is said."""
    small = parse(SMALL)
    made = {page.path: rendered(page.markdown).text for page in render(SiteContents(build(small.values), small), "en")}

    assert "Nothing is promised here yet." in made["sales/index.md"]
    assert {"funnel.md", "handoff.md", "both/index.md", "channels.md", "changes.md"}.isdisjoint(made)
    assert "A promise how many opportunities are won".lower() in made["change-it.md"].lower()


def test_the_menu_holds_every_page_once():
    """Promises below the page of their side; each section begins with its own page."""
    entries = menu(pages().values(), "agreement/")
    promised = next(entry for entry in entries if "What we promise" in entry)["What we promise"]

    assert sorted(f"agreement/{path}" for path in pages()) == sorted(paths_in(entries))
    assert "agreement/marketing/index.md" == promised[0]["What marketing promises"][0]


def paths_in(entries: Any) -> list[str]:
    """Every path of a menu, from top to bottom."""
    if isinstance(entries, str):
        return [entries]
    parts = entries.values() if isinstance(entries, dict) else entries
    return [path for part in parts for path in paths_in(part)]


def test_links_are_resolved_by_whoever_knows_the_addresses():
    """Other pages by path and anchor, lines by file and number; without a repository a line is only named."""
    page = pages()["promises/first-response.md"]
    resolved = page.resolved(lambda path: f"/{path}", lambda file, line: f"/edit/{file}?{line}")
    unlinked = page.resolved(lambda path: f"/{path}", lambda file, line: None)

    assert 'href="/qualification.md#asked_for_us"' in resolved
    assert re.search(r'<a class="sla-line" href="/edit/[^"]*promises.yaml\?\d+">', resolved)
    assert '<a class="sla-line"' not in unlinked
    assert "page:" not in resolved + unlinked
    assert 'href="line:' not in resolved + unlinked


@pytest.mark.parametrize("title", [*ATTACKS, "---", "a: b", "true", "1.10", "\n", "'"])
def test_no_title_says_anything_to_yaml(title: str):
    """Whatever stands in the front matter is one text."""
    page = Page("x.md", safe(title), safe(title), "# x", "sla/x.yaml", 1, tags=(safe(title),), is_wide=True)
    front = page.front_matter()

    expected = {"title": str(safe(title)), "hide": ["toc"], "tags": [str(safe(title))]}

    assert expected == yaml.load(front.split("---\n")[1])
