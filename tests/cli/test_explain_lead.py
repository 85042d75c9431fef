"""`sla explain --lead`: the page of one lead, personal data, and slips."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from jsonschema import Draft202012Validator
from markdown_it import MarkdownIt

from tests.cli.console import Ended, sla
from tests.cli.test_leads import Capsys, Cells, hostile, row, written
from tests.conftest import ROOT

PAGE = """\
Lead L1
as of 5 March 2027, 23:59 (Europe/Warsaw), by the working copy of the agreement

What is known of it
  stage: Lead
  owner: Ana Beltrão
  by the routing it goes to Ana Beltrão (FILE:24)
  company: Co
  region: north
  1 field holds personal data, which --show-personal-data shows
  https://crm.example/leads/L1?tab=1

What happened
  1 March 2027, 09:00: moved to Lead [leads.csv:2]
  2 March 2027, 09:00: handed off [leads.csv:2]
  3 March 2027, 10:00: contacted in person [leads.csv:2]

Deadlines
  late: Call each new lead within half a working day (first-response)
      handed off on 2 March 2027, 09:00; 4 business hours from then: due 2 March 2027, 13:00
      contacted in person on 3 March 2027, 10:00, after 9 business hours
      counts as missed in March 2027
      decided by FILE:34

Where else it counts
  Only who fits (wrong)
      March 2027: counts, as promised
      decided by FILE:28
"""


def explained(capsys: Capsys, lead: str, path: Path, *more: str) -> Ended:
    return sla(capsys, "explain", "--lead", lead, str(path), "--as-of", "2027-03-05", *more)


@pytest.fixture
def agreement(tmp_path: Path) -> Path:
    return written(tmp_path, [row("L1", Called="2027-03-03 10:00:00"), row("L2")])


def test_the_story_on_a_page(capsys: Capsys, agreement: Path) -> None:
    """What is known, what happened where, each deadline with what it skipped, and the lines that decided."""
    ended = explained(capsys, "L1", agreement)

    assert (0, "") == (ended.code, ended.err)
    assert PAGE == ended.out.replace(str(agreement), "FILE")


@pytest.mark.parametrize("form", ["text", "json", "markdown"])
def test_personal_data_is_hidden_unless_asked_for(capsys: Capsys, agreement: Path, form: str) -> None:
    hidden = explained(capsys, "L1", agreement, "--format", form)
    shown = explained(capsys, "L1", agreement, "--format", form, "--show-personal-data")

    assert "7731" not in hidden.out + hidden.err
    assert "7731" in shown.out


def test_json_fits_its_published_schema(capsys: Capsys, agreement: Path) -> None:
    schema = json.loads((ROOT / "schema" / "lead.json").read_text(encoding="utf-8"))
    found = json.loads(explained(capsys, "L1", agreement, "--format", "json").out)

    assert [] == list(Draft202012Validator(schema).iter_errors(found))
    assert ["late"] == [clock["state"] for clock in found["clocks"]]


def test_hostile_values_stay_letters(capsys: Capsys, tmp_path: Path) -> None:
    """On a terminal nothing unseen, in Markdown no markup but the page's own."""
    path = hostile(tmp_path)
    lead = "<script>alert(1)</script>1"
    text = explained(capsys, lead, path).out
    page = Cells(
        MarkdownIt("commonmark", {"html": True}).render(explained(capsys, lead, path, "--format", "markdown").out)
    )

    assert all(letter.isprintable() or letter == "\n" for letter in text)
    assert {"h2", "h3", "p", "ul", "li"} >= page.seen


@pytest.mark.parametrize(
    ("arguments", "text"),
    [
        (("--lead", "L11", "FILE"), "there is no lead L11 in the data; did you mean L1"),
        (("--lead", "", "FILE"), "--lead needs the id of a lead"),
        (("--lead", "L1", "no-such"), "with --lead, no-such would be the agreement, and there is no such file"),
        ((), "say what to explain: a rule, a promise, a measure, or --lead ID"),
        (("volume", "--as-of", "2027-01-01"), "go with --lead"),
    ],
)
def test_slips_are_named(capsys: Capsys, agreement: Path, arguments: tuple[str, ...], text: str) -> None:
    ended = sla(capsys, "explain", *(str(agreement) if each == "FILE" else each for each in arguments))

    assert (2, "") == (ended.code, ended.out)
    assert text in " ".join(ended.err.split())
