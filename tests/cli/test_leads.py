"""`sla leads`: the same leads in every format, nobody's personal data unless asked for, and hostile values harmless."""

from __future__ import annotations

import csv
import io
import json
from html.parser import HTMLParser
from pathlib import Path

import pytest
from jsonschema import Draft202012Validator
from markdown_it import MarkdownIt

from tests.cli.console import Ended, sla
from tests.conftest import ROOT

Capsys = pytest.CaptureFixture[str]
AGREEMENT = """\
format: sla/v1
agreement: Calls
status: draft
language: en
currency: EUR
working_time:
  office: {timezone: Europe/Warsaw, days: Monday to Friday, hours: "08:00 to 16:00"}
people:
  ana: {name: Ana Beltrão, team: sales}
  bruno: {name: Bruno Sá, team: sales}
sellers: {ana: {stand_in: bruno}, bruno: {ends: 2027-02-28, stand_in: ana}}
fields:
  email: {is: text, personal_data: yes, name: E-mail}
  company: {is: text}
  region: {is: one of, values: [north, south]}
stages:
  lead: {name: Lead, team: marketing}
  mql: {name: Qualified lead, team: marketing, company: not Nobody}
handoff:
  stage: mql
  channel: The queue
  routing:
    - {when: {region: south}, to: bruno}
    - {otherwise: yes, to: ana}
return_reasons:
  no_need: {found: after accepting, back_to: nobody, then: close}
marketing_promises:
  wrong: {promise: Only who fits, measure: wrongly_qualified, target: 2%}
sales_promises:
  first-response:
    promise: Call each new lead within half a working day
    starts: handed_off
    stops: first_personal_contact
    within: 4 business hours
    target: 90%
source:
  timezone: Europe/Warsaw
  files: {lead: {path: leads.csv}}
  leads:
    from: lead
    id: Id
    owner: Owner
    return_reason: Reason
    fields: {email: Mail, company: Company, region: Region}
  events: {became_lead: Created, handed_off: Handed off, first_personal_contact: Called, returned: Returned}
  coverage: {handed_off: 2027-01-01 to 2027-03-31}
  link: https://crm.example/leads/{id}?tab=1
"""
SECRET = "marker.7731@secret.example"
HOSTILE = [
    '=HYPERLINK("http://evil.example";"x")',
    "<script>alert(1)</script>",
    "two\nlines",
    "\u202eright to left",
    "[x](javascript:alert(1))",
    "@SUM(1+1)*cmd|' /C calc'!A0",
    "| a | b |",
]
HEADINGS = ("Id", "Created", "Handed off", "Called", "Returned", "Owner", "Reason", "Mail", "Company", "Region")
FORMATS = ("text", "csv", "json", "markdown", "html")


def written(folder: Path, rows: list[tuple[str, ...]]) -> Path:
    (folder / "agreement.yaml").write_text(AGREEMENT, encoding="utf-8")
    to = io.StringIO()
    csv.writer(to, lineterminator="\n").writerows([HEADINGS, *rows])
    (folder / "leads.csv").write_text(to.getvalue(), encoding="utf-8")
    return folder / "agreement.yaml"


def row(name: str, handed: str = "2027-03-02 09:00:00", **more: str) -> tuple[str, ...]:
    known = {"Id": name, "Created": "2027-03-01 09:00:00", "Handed off": handed, "Owner": "ana", "Company": "Co"}
    known |= {"Mail": SECRET, "Region": "north"}
    return tuple(
        (known | {key.replace("_", " "): value for key, value in more.items()}).get(key, "") for key in HEADINGS
    )


@pytest.fixture
def agreement(tmp_path: Path) -> Path:
    """Three calls overdue, of two sellers and nobody; one that was returned, one that was made."""
    rows = [
        row("L1"),
        row("L2", Owner="bruno", Region="south"),
        row("L3", Owner=""),
        row("L4", Returned="2027-03-04 09:00:00"),
        row("L5", Called="2027-03-02 10:00:00"),
        row("L6", Company="Nobody"),
    ]
    return written(tmp_path, rows)


def leads(capsys: Capsys, name: str, path: Path, *more: str) -> Ended:
    return sla(capsys, "leads", name, str(path), *(("--as-of", "2027-03-05") if "--now" not in more else ()), *more)


PAGE = """\
4 leads are overdue
as of 5 March 2027, 23:59 (Europe/Warsaw)

Ana Beltrão (2)

  L1  3 business days late
      Contact the lead in person (first-response)
      since 2 March 2027, 09:00, due 2 March 2027, 13:00
      https://crm.example/leads/L1?tab=1

  L6  3 business days late
      Contact the lead in person (first-response)
      since 2 March 2027, 09:00, due 2 March 2027, 13:00
      https://crm.example/leads/L6?tab=1

Bruno Sá (1)

  L2  3 business days late
      Contact the lead in person (first-response)
      since 2 March 2027, 09:00, due 2 March 2027, 13:00
      https://crm.example/leads/L2?tab=1

nobody's (1)

  L3  3 business days late
      Contact the lead in person (first-response)
      since 2 March 2027, 09:00, due 2 March 2027, 13:00
      https://crm.example/leads/L3?tab=1

1 more counts as missed, and needs nothing any more: it was returned, lost or won
"""


def test_a_page_for_a_meeting(capsys: Capsys, agreement: Path) -> None:
    """A heading for each seller, then what to do, the oldest first."""
    ended = leads(capsys, "overdue", agreement, "--by", "owner")

    assert (0, "") == (ended.code, ended.err)
    # Wednesday, Thursday, Friday and less than a whole day more have gone by since 13:00 on Tuesday
    assert PAGE == ended.out


class Cells(HTMLParser):
    """The cells of a mail, and every tag and attribute in it."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.rows = 0
        self.seen: set[str] = set()
        self.links: list[str] = []
        self.text = ""
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.rows += tag == "tr"
        self.seen |= {tag, *(name for name, _ in attrs)}
        self.links += [value or "" for name, value in attrs if name == "href"]

    def handle_data(self, data: str) -> None:
        self.text += data


def counts(capsys: Capsys, path: Path, name: str) -> dict[str, int]:
    """How many leads each format holds."""
    outs = {form: leads(capsys, name, path, "--format", form).out for form in FORMATS}
    return {
        "text": outs["text"].count("      since "),
        "csv": len(list(csv.DictReader(io.StringIO(outs["csv"])))),
        "json": len(json.loads(outs["json"])["leads"]),
        "markdown": sum(line.startswith("- ") for line in outs["markdown"].splitlines()),
        "html": Cells(outs["html"]).rows,
    }


@pytest.mark.parametrize(
    ("name", "number"), [("overdue", 4), ("wrongly-qualified", 1), ("deadlines", 4), ("due-soon", 0)]
)
def test_every_format_holds_the_same_leads(capsys: Capsys, agreement: Path, name: str, number: int) -> None:
    assert dict.fromkeys(FORMATS, number) == counts(capsys, agreement, name)


def test_the_list_is_as_long_as_the_check_counts(capsys: Capsys, agreement: Path) -> None:
    """Overdue, and returned meanwhile: together the offenders of the check."""
    checked = json.loads(sla(capsys, "check", str(agreement), "--as-of", "2027-03-05", "--format", "json").out)
    listed = json.loads(leads(capsys, "overdue", agreement, "--format", "json").out)
    (march,) = [
        each for each in checked["results"] if (each["promise"], each["period"]) == ("first-response", "2027-03")
    ]

    assert march["denominator"] - march["numerator"] == listed["count"] + listed["over"]
    assert set(march["offenders"]) == {each["lead"] for each in listed["leads"]} | {"L4"}


@pytest.mark.parametrize("form", FORMATS)
@pytest.mark.parametrize("name", ["overdue", "wrongly-qualified", "deadlines"])
def test_personal_data_appears_only_when_asked_for(capsys: Capsys, agreement: Path, name: str, form: str) -> None:
    hidden = leads(capsys, name, agreement, "--format", form)
    shown = leads(capsys, name, agreement, "--format", form, "--show-personal-data")
    text = Cells(shown.out).text if form == "html" else shown.out.replace("&#64;\u200b", "@").replace("@\u200b", "@")

    assert "7731" not in hidden.out + hidden.err
    assert "7731" in text


def test_ids_that_are_addresses_are_personal_data(capsys: Capsys, tmp_path: Path) -> None:
    """Such a lead is named by its line in the data, and has no link."""
    path = written(tmp_path, [row(SECRET)])
    hidden = leads(capsys, "overdue", path)

    assert "7731" not in hidden.out
    assert "leads.csv:2" in hidden.out
    assert "https://" not in hidden.out
    assert SECRET in leads(capsys, "overdue", path, "--show-personal-data").out


@pytest.mark.parametrize("form", ["text", "json", "markdown", "github", "junit"])
def test_the_check_names_no_address_either(capsys: Capsys, tmp_path: Path, form: str) -> None:
    """Its results are published, and kept in logs."""
    path = written(tmp_path, [row(SECRET)])
    ended = sla(capsys, "check", str(path), "--as-of", "2027-03-05", "--format", form)

    assert "7731" not in ended.out + ended.err
    assert (form in ("text", "json", "markdown")) <= ("leads.csv:2" in ended.out)


def hostile(folder: Path) -> Path:
    return written(folder, [row(f"{text}{place}", Owner=text, Company=text) for place, text in enumerate(HOSTILE)])


def test_no_cell_of_a_table_begins_a_formula(capsys: Capsys, tmp_path: Path) -> None:
    rows = list(csv.reader(io.StringIO(leads(capsys, "overdue", hostile(tmp_path), "--format", "csv").out)))

    assert len(HOSTILE) == len(rows) - 1
    assert [] == [cell for cells in rows for cell in cells if cell[:1] in ("=", "+", "-", "@", "\t", "\r", "\n")]


def test_a_mail_holds_no_markup_but_its_own(capsys: Capsys, tmp_path: Path) -> None:
    """No script, no attribute that acts, no address but those of the source's system."""
    cells = Cells(leads(capsys, "overdue", hostile(tmp_path), "--format", "html", "--by", "owner").out)
    own = {"html", "head", "meta", "title", "body", "div", "h1", "h2", "p", "table", "tr", "td", "a", "strong", "span"}
    own |= {"br", "lang", "charset", "name", "content", "style", "dir", "role", "cellpadding", "cellspacing", "border"}

    assert cells.seen <= own | {"width", "href"}
    assert {"https://crm.example/leads/"} == {link[: len("https://crm.example/leads/")] for link in cells.links}
    assert "\u202e" not in cells.text


def test_markdown_holds_no_markup_but_its_own(capsys: Capsys, tmp_path: Path) -> None:
    text = leads(capsys, "overdue", hostile(tmp_path), "--format", "markdown", "--by", "owner").out
    page = Cells(MarkdownIt("commonmark", {"html": True}).enable("table").render(text))

    assert {"h2", "h3", "p", "ul", "li", "strong", "a", "href"} >= page.seen
    assert all(link.startswith("https://crm.example/leads/") for link in page.links)


def test_a_terminal_gets_nothing_that_cannot_be_seen(capsys: Capsys, tmp_path: Path) -> None:
    ended = leads(capsys, "overdue", hostile(tmp_path), "--by", "owner")

    assert all(letter.isprintable() or letter == "\n" for letter in ended.out)
    assert len(HOSTILE) == ended.out.count("      since ")


def test_ids_are_encoded_in_links(capsys: Capsys, tmp_path: Path) -> None:
    path = written(tmp_path, [row("a/b c?&<é>")])
    (lead,) = json.loads(leads(capsys, "overdue", path, "--format", "json").out)["leads"]

    assert "https://crm.example/leads/a%2Fb%20c%3F%26%3C%C3%A9%3E?tab=1" == lead["link"]


def test_json_fits_its_published_schema(capsys: Capsys, agreement: Path) -> None:
    schema = json.loads((ROOT / "schema" / "leads.json").read_text(encoding="utf-8"))
    for name in ("overdue", "wrongly-qualified", "deadlines", "due-soon"):
        found = json.loads(leads(capsys, name, agreement, "--format", "json").out)

        assert [] == list(Draft202012Validator(schema).iter_errors(found))


def test_deadlines_name_who_gets_the_lead_and_by_which_line(capsys: Capsys, agreement: Path) -> None:
    """Bruno has the south until the end of February; in March Ana stands in for him."""
    found = json.loads(leads(capsys, "deadlines", agreement, "--format", "json").out)["leads"]
    lines = AGREEMENT.splitlines()
    routes = {each["lead"]: (each["route"]["sellers"], lines[each["route"]["line"] - 1].strip()) for each in found}

    assert (["ana"], "- {when: {region: south}, to: bruno}") == routes["L2"]
    assert (["ana"], "- {otherwise: yes, to: ana}") == routes["L1"]
    assert ["bruno"] == next(each["route"]["instead_of"] for each in found if each["lead"] == "L2")


def test_old_data_is_said_and_lists_nothing(capsys: Capsys, agreement: Path) -> None:
    """The exit code is 3, and what is printed is one sentence that names the way out."""
    ended = leads(capsys, "overdue", agreement, "--now", "2027-03-09T12:00")

    assert (3, "") == (ended.code, ended.out)
    assert (
        "sla: The data ends on 4 March 2027, 09:00, 5 days ago. That is more than half of the deadline of "
        "first-response, whose leads are not listed. Read a newer export, or say --as-of 2027-03-04 to see how things "
        "stood then\n"
    ) == ended.err


def test_a_program_learns_that_data_is_old(capsys: Capsys, agreement: Path) -> None:
    ended = leads(capsys, "overdue", agreement, "--now", "2027-03-09T12:00", "--format", "json")

    assert (3, [{"promise": "first-response", "within": "4 business hours"}]) == (
        ended.code,
        json.loads(ended.out)["hidden"],
    )


def test_one_file_an_owner(capsys: Capsys, agreement: Path, tmp_path: Path) -> None:
    """Names are safe; each file holds the owner's leads alone."""
    folder = tmp_path / "out"
    ended = leads(capsys, "overdue", agreement, "--split", str(folder), "--format", "csv", "--format", "html")
    held = {
        file.stem: [each["lead"] for each in csv.DictReader(io.StringIO(file.read_text(encoding="utf-8")))]
        for file in folder.glob("*.csv")
    }

    assert (0, "", "sla: 6 files are written into " + str(folder) + "\n") == ended
    assert {"ana": ["L1", "L6"], "bruno": ["L2"], "nobody": ["L3"]} == held
    assert {"ana.html", "bruno.html", "nobody.html"} == {file.name for file in folder.glob("*.html")}


def test_hostile_owners_have_safe_files(capsys: Capsys, tmp_path: Path) -> None:
    names = ["../../etc/passwd", "a/b", "CON", "nobody", "É", "=x"]
    path = written(tmp_path, [row(f"L{place}", Owner=name) for place, name in enumerate(names)])
    folder = tmp_path / "out"
    leads(capsys, "overdue", path, "--split", str(folder))
    files = sorted(folder.iterdir())

    assert len(names) == len(files)
    assert {folder} == {file.resolve().parent for file in files}
    assert all(file.stem.replace("-", "").replace("_", "").isalnum() for file in files)


def test_lists_of_an_earlier_run_are_not_left_beside_new_ones(capsys: Capsys, agreement: Path, tmp_path: Path) -> None:
    """Somebody would be sent yesterday's list."""
    folder = tmp_path / "out"
    leads(capsys, "overdue", agreement, "--split", str(folder), "--format", "html")
    again = leads(capsys, "overdue", agreement, "--split", str(folder), "--format", "html", "--owner", "bruno")

    assert 2 == again.code
    assert "ana.html is no file of this run" in again.err


@pytest.mark.parametrize(
    ("arguments", "text"),
    [
        (("overdu",), "did you mean overdue?"),
        (("overdue", "--within", "2 hours"), "--within is for the list due-soon"),
        (("due-soon", "--within", "soon"), "soon is no time; write it as '4 business hours'"),
        (("overdue", "--now", "today"), "today is no moment; write it as 2027-03-01T09:00"),
        (("overdue", "--split", "out", "--output", "x"), "--output cannot say where"),
    ],
)
def test_slips_are_named(capsys: Capsys, arguments: tuple[str, ...], text: str) -> None:
    ended = sla(capsys, "leads", *arguments)

    assert 2 == ended.code
    assert text in " ".join(ended.err.split())


@pytest.mark.parametrize("language", ["pt-BR", "es", "it", "pl"])
def test_every_language_reads(capsys: Capsys, agreement: Path, language: str) -> None:
    """Dates follow the language; nothing breaks where a text has no translation yet."""
    assert 0 == leads(capsys, "overdue", agreement, "--lang", language).code


def test_a_lead_that_two_promises_are_about_is_counted_once_at_the_top(capsys: Capsys, agreement: Path) -> None:
    """L1, L2, L3 and L6 are neither called nor decided: eight deadlines of four leads; L5 is undecided alone."""
    text = agreement.read_text(encoding="utf-8")
    decide = (
        "  decide: {promise: Say yes or no, starts: handed_off, stops: decided, within: 1 business day, target: 90%}\n"
    )
    text = text.replace("source:\n", f"{decide}source:\n").replace(
        "first_personal_contact: Called,", "first_personal_contact: Called, decided: Decided,"
    )
    agreement.write_text(text, encoding="utf-8")
    file = agreement.parent / "leads.csv"
    head, *rows = file.read_text(encoding="utf-8").splitlines()
    file.write_text("\n".join([f"{head},Decided", *(f"{row}," for row in rows)]) + "\n", encoding="utf-8")

    page = leads(capsys, "overdue", agreement)
    told = json.loads(leads(capsys, "overdue", agreement, "--format", "json").out)

    assert "5 leads are overdue" == page.out.splitlines()[0]
    assert 9 == told["count"]
