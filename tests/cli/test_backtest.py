"""`sla backtest` as its user meets it: every format, a typo, and what cannot be tested."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from jsonschema import Draft202012Validator

from checker.samples.funnel import write
from tests.cli.console import sla
from tests.conftest import ROOT
from tests.reference import edited_reference

Capsys = pytest.CaptureFixture[str]
BANT = ("stages.yaml", "      - mode: buying\n", "      - mode: buying\n      - bant_need: confirmed\n")


@pytest.fixture(scope="module")
def sample(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The reference agreement in `sla/`, the sample's data in `data/`."""
    folder = tmp_path_factory.mktemp("backtest")
    write(folder / "data")
    edited_reference(folder)
    return folder


@pytest.fixture
def folder(sample: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(sample)
    return sample


def test_the_text_says_who_is_looked_at_and_what_the_criteria_tell(folder: Path, capsys: Capsys) -> None:
    """What stands first is what a reader needs first; tables are in line."""
    ended = sla(capsys, "backtest")

    assert (0, "") == (ended.code, ended.err)
    assert ended.out.startswith(
        "Do the criteria tell who buys?\n"
        "1,370 leads came at least 110 days before 16 June 2027: who of them has not bought by now hardly will.\n"
        "1,732 younger leads are left out, won or lost or open.\n"
    )
    assert (
        "The conditions of MQL\n"
        "  Who fits buys more often. Who fits: 14 of 164 bought (8.5%). Who does not: 12 of 1,167 bought (1%). Chance\n"
        "  alone would part them so far in fewer than 1 of 1,000 cases.\n"
        "  Who fits buys 4.4 times as often as all these leads together.\n"
        "  Of 26 customers 14 fit (53.8%).\n"
        "  Leads that      leads  bought    not  share    range (95%)\n"
        "  fits              164      14    150   8.5%  5.2% to 13.8%\n"
        "  does not fit    1,167      12  1,155     1%   0.6% to 1.8%\n"
        "  cannot be told      3       0      3     0%    0% to 56.1%\n"
        "  all             1,334      26  1,308   1.9%   1.3% to 2.8%\n"
    ) in ended.out
    assert "    - the lead has at least 30 points: alone, 14 of 263 bought (5.3%)." in ended.out


def test_a_leaking_field_is_refused_with_the_reason(folder: Path, capsys: Capsys, tmp_path: Path) -> None:
    """What sales finds out after the handoff is no criterion for handing over; no number is shown for it."""
    edited_reference(tmp_path, BANT)
    ended = sla(capsys, "backtest", str(tmp_path / "sla"), "--data", "data")
    begin = ended.out.index("The conditions of MQL")

    told = " ".join(ended.out[begin : ended.out.index("The conditions of SQL")].split())

    assert told == (
        "The conditions of MQL Not tested: bant need is filled in after the handoff. Nobody can know it when a lead is "
        "handed over, and whoever has it filled in is already on the way to buy."
    )


def test_the_json_fits_its_published_schema(folder: Path, capsys: Capsys) -> None:
    """And holds what the text says."""
    found = json.loads(sla(capsys, "backtest", "--format", "json").out)
    schema = json.loads((ROOT / "schema" / "backtest.json").read_text(encoding="utf-8"))
    mql = next(each for each in found["criteria"] if each["name"] == "mql")

    assert [] == [error.message for error in Draft202012Validator(schema).iter_errors(found)]
    assert ("backtest/v1", 1370, 1732, 110) == (
        found["format"], found["leads"], found["left_out"], found["old_after_days"]
    )  # fmt: skip
    assert (164, 14, 1167, 12, 3) == (
        mql["table"]["fits"]["leads"], mql["table"]["fits"]["won"],
        mql["table"]["does_not_fit"]["leads"], mql["table"]["does_not_fit"]["won"],
        mql["table"]["cannot_tell"]["leads"],
    )  # fmt: skip
    assert ["points", "mode"] == mql["as_exported"]
    assert [("stage", "says how it ended")] == [
        (leak["field"], leak["reason"])
        for each in found["criteria"]
        if each["name"] == "hot"
        for leak in each["refused"]
    ]


def test_markdown_has_the_same_parts_as_headings_and_tables(folder: Path, capsys: Capsys) -> None:
    """Each table has a rule below its headings, and as many cells in each row."""
    out = sla(capsys, "backtest", "--format", "markdown").out
    lines = out.splitlines()
    tables = [line.count("|") for line in lines if line.startswith("|")]

    assert "## Do the criteria tell who buys?" == lines[0]
    assert "### The conditions of MQL" in lines
    assert "#### What each condition adds" in lines
    assert "| fits | 164 | 14 | 150 | 8.5% | 5.2% to 13.8% |" in lines
    assert "|---|---:|---:|---:|---:|---:|" in lines
    assert {7, 10} == set(tables)


def test_several_formats_go_to_files_at_once(folder: Path, capsys: Capsys, tmp_path: Path) -> None:
    """As with all commands."""
    names = [tmp_path / "a.json", tmp_path / "b.md"]
    ended = sla(capsys, "backtest", "--format", f"json={names[0]}", "--format", f"markdown={names[1]}")

    assert (0, "") == (ended.code, ended.out)
    assert ["{", "#"] == [name.read_text(encoding="utf-8")[0] for name in names]


def test_an_earlier_day_is_looked_at_as_things_stood_then(folder: Path, capsys: Capsys) -> None:
    """Fewer leads are old enough, and nothing that came later is known."""
    found = json.loads(sla(capsys, "backtest", "--as-of", "2027-05-01", "--format", "json").out)

    assert ("2027-05-01", True) == (found["as_of"], found["leads"] < 1370)


def test_the_statements_can_be_looked_at(folder: Path, capsys: Capsys) -> None:
    """In place of what they tell."""
    out = sla(capsys, "backtest", "--explain-sql").out

    assert out.startswith("-- customers by their days\nSELECT")
    assert 10 == out.count("\n;") + out.count(";\n")


def score_of(number: int) -> str:
    """Two of three leads have no score."""
    return "" if number % 3 else str(number % 100)


def test_half_the_score_missing_is_shown_and_not_hidden(tmp_path: Path, capsys: Capsys) -> None:
    """Two thirds of the leads have no score: they are a row, a sentence says what that means, and which field it is."""
    rows = [
        f"{number},2027-01-01,{'2027-01-05' if number % 5 == 0 else ''},{score_of(number)}" for number in range(300)
    ]
    (tmp_path / "leads.csv").write_text(
        "\n".join(["id,came,won,score", *rows, "300,2027-03-01,,1", ""]), encoding="utf-8"
    )
    (tmp_path / "agreement.yaml").write_text(
        "format: sla/v1\nagreement: Points\nlanguage: en\nactions: {visit: {points: 50}}\n"
        "stages:\n  lead: {team: marketing, points: at least 50}\n  customer: {team: sales, is: won}\n"
        "source:\n  timezone: UTC\n  files: {lead: {path: leads.csv}}\n"
        "  leads: {from: lead, id: id, score: score}\n  events: {became_lead: came, became_customer: won}\n",
        encoding="utf-8",
    )
    out = sla(capsys, "backtest", str(tmp_path / "agreement.yaml")).out

    assert "  cannot be told    200      40  160    20%    15% to 26.1%\n" in out
    assert (
        "  Of 200 of 300 leads (66.7%) it cannot be told: what is said here is about the smaller part of them.\n"
        "  Most often this is not known: the lead has at least 50 points (200 leads).\n"
    ) in out


def test_without_a_signal_it_says_so(tmp_path: Path, capsys: Capsys) -> None:
    """A third of the leads fits, and a third of the customers: the condition tells nothing."""
    rows = [
        f"{number},2027-01-01,{'2027-01-05' if number % 10 == 0 else ''},{90 if number % 3 == 0 else 10}"
        for number in range(300)
    ]
    (tmp_path / "leads.csv").write_text("\n".join(["id,came,won,size", *rows, "300,2027-03-01,,1", ""]), "utf-8")
    (tmp_path / "agreement.yaml").write_text(
        "format: sla/v1\nagreement: Size\nlanguage: en\nfields: {size: {is: whole number}}\n"
        "stages:\n  lead: {team: marketing, all: [{size: at least 50}]}\n  customer: {team: sales, is: won}\n"
        "source:\n  timezone: UTC\n  files: {lead: {path: leads.csv}}\n"
        "  leads: {from: lead, id: id, fields: {size: size}}\n"
        "  events: {became_lead: came, became_customer: won}\n",
        encoding="utf-8",
    )
    out = " ".join(sla(capsys, "backtest", str(tmp_path / "agreement.yaml")).out.split())

    assert "No sign that who fits buys more often. Who fits: 10 of 100 bought (10%)." in out
    assert "Who does not: 20 of 200 bought (10%). Chance alone would part them so far in 100 of 100 cases." in out


@pytest.mark.parametrize(
    ("words", "code", "told"),
    [
        (("backtst",), 2, "did you mean backtest?"),
        (("backtest", "--format", "html"), 2, "there is no format html; known: text, json and markdown"),
        (("backtest", "nowhere"), 3, "there is no file or folder nowhere"),
        (("backtest", "--as-of", "2026-01-01"), 3, "sla: "),
    ],
)
def test_what_goes_wrong_is_said(folder: Path, capsys: Capsys, words: tuple[str, ...], code: int, told: str) -> None:
    """Never with a traceback."""
    ended = sla(capsys, *words)

    assert code == ended.code
    assert told in ended.err
    assert "defect" not in ended.err
