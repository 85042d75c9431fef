"""`sla source inspect`: what an export holds, and the section that it seems to need."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import pytest

from checker.text import parse
from tests.cli.console import in_a_process, sla
from tests.conftest import ROOT
from tests.inspection.test_field_list import HUBSPOT, MARKETO
from tests.start.first_hours import answer

SELLERS = ROOT / "tests" / "funnel" / "data" / "sellers"
OLIST = ("olist_marketing_qualified_leads_dataset.csv", "olist_closed_deals_dataset.csv")


def proposed(out: str) -> Any:
    """The values under `source`."""
    values: dict[str, Any] = parse(section(out)).values
    return values["source"]


def section(out: str) -> str:
    """The part of the page that is to be pasted."""
    return out[: out.index("\n\n")]


def test_the_page_begins_with_yaml_that_can_be_pasted(capsys, tmp_path: Path, monkeypatch):
    """Then come the columns of each file, and what a check would read."""
    monkeypatch.chdir(tmp_path)
    ended = sla(capsys, "source", "inspect", str(SELLERS / "contacts.csv"), str(SELLERS / "wins.csv"))
    document = parse(section(ended.out))

    assert (0, "") == (ended.code, ended.err)
    assert () == document.problems
    assert ["source"] == list(document.values)
    assert "contacts.csv: 10 rows, 4 columns" in ended.out
    assert "several values, parted by ," in ended.out


def test_an_agreement_says_what_could_be_judged(capsys, tmp_path: Path, monkeypatch):
    """How many of its promises, and what would unlock more."""
    monkeypatch.chdir(tmp_path)
    sla(capsys, "demo", "demo")
    files = ("demo/data/leads.csv", "demo/data/deals.csv")
    ended = sla(capsys, "source", "inspect", *files, "--agreement", "demo/sla")

    assert 0 == ended.code
    assert "You can judge 14 of 20 promises with this." in ended.out
    assert "a column for `last_action` would unlock 2" in ended.out
    assert "      path: ../data/leads.csv" in section(ended.out)


def test_the_section_goes_into_a_file_that_is_not_there_yet(capsys, tmp_path: Path, monkeypatch):
    """Its paths are seen from there; a second time, nothing is written."""
    monkeypatch.chdir(tmp_path)
    (tmp_path / "leads.csv").write_text("id,created\n1,2027-01-01\n2,2027-01-02\n", encoding="utf-8")
    command = ("source", "inspect", "leads.csv", "--output", "sla/source.yaml")
    first, second = sla(capsys, *command), sla(capsys, *command)
    written = (tmp_path / "sla" / "source.yaml").read_text(encoding="utf-8")

    assert (0, 2) == (first.code, second.code)
    assert "source:" not in first.out
    assert {"lead": {"path": "../leads.csv"}} == proposed(f"{written}\n\n")["files"]
    assert "sla: nothing is written, because this is there already: sla/source.yaml\n" == second.err


def test_parquet_says_the_same_as_the_file_that_it_was_made_of(capsys, tmp_path: Path, monkeypatch):
    """Nothing has to be said of how it is written, and nothing is overwritten."""
    monkeypatch.chdir(tmp_path)
    text = "id;created;created;amount\n1;2027-01-01;x;1,5\n2;2027-01-02;y;2,5\n3;2027-01-09;;\n"
    (tmp_path / "leads.csv").write_text(text, encoding="utf-16")
    (tmp_path / "leads.csv").write_bytes(text.replace("created;created", "created;Created").encode("utf-16"))
    first = sla(capsys, "source", "inspect", "leads.csv", "--to-parquet", "kept")
    second = sla(capsys, "source", "inspect", "leads.csv", "--to-parquet", "kept")
    values = proposed(first.out)

    assert (0, 2) == (first.code, second.code)
    assert {"lead": {"path": "../kept/leads.parquet", "decimal": ","}} == values["files"]
    assert {"became_lead": "created"} == values["events"]
    assert "Read so, there are 3 leads" in first.out


@pytest.mark.parametrize(
    ("arguments", "code", "sentence"),
    [
        ((), 2, "FILE... is missing"),
        (("nothing.csv",), 3, "nothing.csv cannot be read: No such file or directory"),
        (("page.csv",), 3, "page.csv is a web page, as exports give when the login has run out: export it again"),
        ((".",), 3, ". is a folder: name the files in it"),
        (("leads.csv", "--timezone", "Mars"), 3, "there is no time zone Mars: write it as in America/Sao_Paulo"),
        (("leads.csv", "--agreement", "nowhere"), 3, "there is no file or folder nowhere"),
    ],
)
def test_wrong_usage_and_hostile_files_are_told(capsys, tmp_path: Path, monkeypatch, arguments, code, sentence):
    """In one sentence, without a page."""
    monkeypatch.chdir(tmp_path)
    (tmp_path / "page.csv").write_text("<html>", encoding="utf-8")
    (tmp_path / "leads.csv").write_text("id,created\n1,2027-01-01\n2,2027-01-02\n", encoding="utf-8")
    ended = sla(capsys, "source", "inspect", *arguments)

    assert (code, "") == (ended.code, ended.out)
    assert sentence in ended.err


def test_a_heading_cannot_play_tricks_on_the_reader(capsys, tmp_path: Path, monkeypatch):
    """Escape sequences and marks of direction reach neither the screen nor the section."""
    monkeypatch.chdir(tmp_path)
    text = "id,created,so\x1b[31mred\u202e\n1,2027-01-01,a\n2,2027-01-02,b\n"
    (tmp_path / "leads.csv").write_text(text, encoding="utf-8")
    ended = sla(capsys, "source", "inspect", "leads.csv")

    assert 0 == ended.code
    assert not {"\x1b", "\u202e"} & set(ended.out)
    assert "so\x1b[31mred\u202e" == proposed(ended.out)["leads"]["fields"]["so_31mred"]


def test_a_real_funnel_is_told(capsys, real_data: Path, tmp_path: Path, monkeypatch):
    """Midnights of São Paulo in UTC, the zero that means nothing, several values, the win before its contact."""
    monkeypatch.chdir(tmp_path)
    ended = sla(capsys, "source", "inspect", *(str(real_data / "olist" / name) for name in OLIST))
    values = proposed(ended.out)

    assert 0 == ended.code
    assert "America/Sao_Paulo" == values["timezone"]
    assert {"column": "deal.won_date", "midnight": "is a date", "timezone": "UTC"} == values["events"][
        "became_customer"
    ]
    assert {"column": "deal.declared_monthly_revenue", "null_values": ["0.0"]} == values["leads"]["fields"][
        "declared_monthly_revenue"
    ]
    assert "," == values["leads"]["fields"]["lead_behaviour_profile"]["separator"]
    assert "61 of 842 moments are at 02:00 / 03:00, which is midnight in America/Sao_Paulo" in ended.out
    assert "797 of 842 rows hold 0.0" in ended.out
    assert "1 lead has became_customer before became_mql: b91cf8812365f50ff4bda4bcd6206b05" in ended.out
    assert f"({OLIST[0]}:6359, {OLIST[1]}:669)" in ended.out
    assert "92.5%" in next(line for line in ended.out.splitlines() if "has_company  " in line and "deal." not in line)


def test_the_command_group_is_known(capsys):
    """Its help names what it has, and a slip is mended."""
    ended = sla(capsys, "source", "--help")
    slip = sla(capsys, "source", "inspct", "x.csv")

    assert (0, True) == (ended.code, "inspect" in ended.out)
    assert 2 == slip.code


def test_help_loads_no_engine():
    """What is not asked for costs nothing."""
    ended = in_a_process("source", "--help", python=("-X", "importtime"))

    assert 0 == ended.code
    assert not any(f"| {name}" in ended.err.replace("|   ", "| ") for name in ("duckdb", "checker.inspection"))


@pytest.mark.parametrize("text", [MARKETO, HUBSPOT], ids=["Marketo", "HubSpot"])
def test_a_list_of_fields_gives_a_section_that_a_check_accepts(capsys, tmp_path: Path, monkeypatch, text):
    """Once the doubt is answered, which file holds the leads: one with these fields as its headings."""
    monkeypatch.chdir(tmp_path)
    Path("sla").mkdir()
    Path("sla/agreement.yaml").write_text(
        "format: sla/v1\nagreement: Ours\nstages: {lead: {team: marketing}, customer: {team: sales, is: won}}\n"
        "targets: {lead: {all: {2027-02 to 2027-04: 9}}}\n"
        "marketing_promises:\n  volume: {promise: Bring, measure: volume, of: lead, target: as planned}\n",
        encoding="utf-8",
    )
    Path("describe.csv").write_text(text, encoding="utf-8")
    told = sla(capsys, "source", "inspect", "describe.csv", "--timezone", "UTC", "--output", "sla/source.yaml")
    before = sla(capsys, "check")
    answer(Path("sla/source.yaml"), date(2027, 1, 1))
    after = sla(capsys, "check")

    assert (0, "") == (told.code, told.err)
    assert "describe.csv lists fields and holds no leads: the section is for their export\n" in told.out
    assert "  2. save it as leads.csv, or write under files: where it is\n" in told.out
    assert "  3. sla source inspect leads.csv then tells what is in it\n" in told.out
    assert 3 == before.code
    assert "there is no file ../leads.csv" in before.err
    assert ((0, 1), "") == ((0, 1) if after.code in (0, 1) else after.code, after.err)
    assert "April 2027: 10 of 9 promised" in after.out
