"""`sla plan` as its users meet it: what it prints, what it writes, and how it ends."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from jsonschema import Draft202012Validator

from tests.cli.console import sla
from tests.conftest import ROOT
from tests.reference import edited_reference

Capsys = pytest.CaptureFixture[str]
SMALL = """\
format: sla/v1
agreement: Small
stages:
  lead: {team: marketing}
  won: {team: sales, is: won}
rates:
  lead_to_won: 25%
plan: {months: 2028-01 to 2028-02}
sales_promises:
  win-rate: {promise: Win them, measure: rate, of: lead_to_won, target: as planned, judged_after: 90 days}
source:
  timezone: UTC
  files: {lead: {path: leads.csv}}
  leads: {from: lead, id: id}
  events:
    became_lead: {column: came}
    became_won: {column: won}
"""


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder with the reference agreement in `sla/`."""
    edited_reference(tmp_path)
    monkeypatch.chdir(tmp_path)
    return tmp_path


def texts(folder: Path) -> dict[str, bytes]:
    return {file.name: file.read_bytes() for file in sorted((folder / "sla").iterdir())}


def test_a_plan_that_stands_already_is_shown(capsys: Capsys, folder: Path) -> None:
    ended = sla(capsys, "plan")

    assert ended.code == 0
    assert ended.out.startswith("Plan for January to June 2027: 46 customers, R$ 1,380,000\n")
    assert "January 2027   15,000    400   80   40           32         6    R$ 180,000\n" in ended.out
    assert ended.out.endswith("The agreement says exactly this already.\n")


def test_nothing_is_written_unless_asked(capsys: Capsys, folder: Path) -> None:
    before = texts(folder)
    ended = sla(capsys, "plan", "--goal", "47 customers")

    assert ended.code == 0
    assert ended.out.endswith("Nothing is written yet: add --write to do so.\n")
    assert before == texts(folder)


def test_what_is_written_validates_and_is_planned_again_as_it_stands(capsys: Capsys, folder: Path) -> None:
    before = texts(folder)
    ended = sla(capsys, "plan", "--goal", "R$ 1410000", "--write")
    after = texts(folder)

    assert (0, True) == (ended.code, ended.out.endswith(" lines are written.\n"))
    assert {name for name in after if after[name] != before[name]} == {"plan.yaml", "targets.yaml"}
    assert sla(capsys, "validate", "--fail-on", "warning").code == 0
    assert "47 customers, R$ 1,410,000" in sla(capsys, "plan").out


def test_a_goal_that_cannot_be_reached_says_what_binds_and_what_would_do(capsys: Capsys, folder: Path) -> None:
    """112 MQLs in May are two more than five sellers take: 49 customers are the most; nothing is written."""
    before = texts(folder)
    ended = sla(capsys, "plan", "--goal", "R$ 1500000", "--write")

    assert ended.code == 1
    assert (
        "This cannot be reached as things are: 49 customers at most, R$ 1,470,000. What binds:\n"
        "  - in May 2027 112 leads arrive (MQL), and 5 sellers take 110: 1 more seller would do, or 23 a month for "
        "each (1 more month like it)\n"
    ) in ended.out
    assert before == texts(folder)
    assert sla(capsys, "plan", "--goal", "R$ 1470000").code == 0


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (
            ("--rate", "opportunity_to_customer=30%"),
            # 30% win 4 of 13.3; the agreed coverage is 4 opportunities a customer
            "opportunities close, but the agreed coverage asks for 32: more opportunities for each customer or a lower "
            "coverage would do",
        ),
        (
            ("--goal", "40 customers"),
            # 58,000 a month for 18 opportunities of channels with a budget, of which 25% buy: 58,000 / 4.5
            "in March 2027 a customer costs R$ 12,889, and R$ 12,000 at most is agreed",
        ),
        (("--goal", "40 customers"), "in March 2027 a campaign hands over 20, but its channel only "),
    ],
)
def test_each_limit_is_told_in_its_own_words(
    capsys: Capsys, folder: Path, arguments: tuple[str, ...], said: str
) -> None:
    ended = sla(capsys, "plan", *arguments)

    assert ended.code == 1
    assert "The agreement does not allow this plan:\n" in ended.out
    assert said in ended.out


def test_more_sellers_unlock_it_but_are_not_written(capsys: Capsys, folder: Path) -> None:
    ended = sla(capsys, "plan", "--goal", "R$ 1500000", "--sellers", "6")

    assert ended.code == 0
    assert "As if there were 6 sellers from the first month on, whoever the agreement names.\n" in ended.out
    assert ended.out.endswith("Nothing is written: sellers are people, so put them under sellers: first.\n")
    assert sla(capsys, "plan", "--sellers", "6", "--write").code == 2


def test_a_revenue_between_two_customers_is_rounded_up_and_said(capsys: Capsys, folder: Path) -> None:
    ended = sla(capsys, "plan", "--goal", "1400000")

    assert "47 customers, R$ 1,410,000" in ended.out
    assert "R$ 1,400,000 is no whole number of customers: planned is the next one that is.\n" in ended.out


def test_leads_from_a_table_say_what_follows(capsys: Capsys, folder: Path) -> None:
    (folder / "targets.csv").write_text("stage,channel,2027-01\nVisit,organic_search,12000\n", encoding="utf-8")
    ended = sla(capsys, "plan", "--from", "targets.csv")

    assert "From the leads that are given: customers and revenue follow.\n" in ended.out
    assert "Articles and search   12,000   12,000   12,000   12,000   12,000   12,000      72,000\n" in ended.out


def test_budgets_say_what_follows(capsys: Capsys, folder: Path) -> None:
    ended = sla(capsys, "plan", "--from", "budgets")

    assert "From the budgets: as many leads as keep a customer within the agreed cost.\n" in ended.out


@pytest.mark.parametrize("arguments", [(), ("--goal", "R$ 1500000"), ("--goal", "47 customers", "--lang", "pt-BR")])
def test_the_json_is_as_the_published_schema_says(capsys: Capsys, folder: Path, arguments: tuple[str, ...]) -> None:
    schema = json.loads((ROOT / "schema" / "plan.json").read_text(encoding="utf-8"))
    plan = json.loads(sla(capsys, "plan", *arguments, "--format", "json").out)
    january = {
        (number["stage"], number["channel"]): number["target"]
        for number in plan["numbers"]
        if number["month"] == "2027-01"
    }

    Draft202012Validator(schema).validate(plan)
    assert plan["format"] == "plan/v1"
    assert plan["customers"] == sum(month["customers"] for month in plan["months"])
    assert january["mql", None] == sum(
        number for (stage, channel), number in january.items() if stage == "mql" and channel is not None
    )


def test_each_working_day_has_its_part(capsys: Capsys, folder: Path) -> None:
    """Vector E: 20 18 22 21 20 22 working days; 80 MQLs in 20 days are 4 a day, 100 in 20 are 5."""
    lines = sla(capsys, "plan").out.splitlines()
    start = next(number for number, line in enumerate(lines) if line.startswith("A working day"))
    days = [line.split() for line in lines[start + 1 : start + 7]]

    assert ["20", "18", "22", "21", "20", "22"] == [row[2] for row in days]
    assert ["4", "4.4", "3.6", "4.8", "5", "4.5"] == [row[5] for row in days]


def test_the_past_is_shown_beside_a_plan(capsys: Capsys, folder: Path) -> None:
    """100 leads of January, 30 of which became customers by February, against 25% as written."""
    (folder / "small.yaml").write_text(SMALL, encoding="utf-8")
    rows = [
        f"{number},2027-01-{1 + number % 28:02d},{'2027-02-15' if 0 < number < 30 else ''}" for number in range(100)
    ]
    rows[0] += "2027-01-01"
    rows.append("100,2027-06-30,2027-06-30")
    (folder / "leads.csv").write_text("\n".join(["id,came,won", *rows]) + "\n", encoding="utf-8")
    told = sla(capsys, "plan", "small.yaml", "--goal", "60 customers", "--from-data", "--as-of", "2027-06-30")
    as_json = json.loads(
        sla(capsys, "plan", "small.yaml", "--goal", "60 customers", "--from-data", "--format", "json").out
    )
    schema = json.loads((ROOT / "schema" / "plan.json").read_text(encoding="utf-8"))

    assert told.code == 0
    assert "What the data says, as of 30 June 2027:\n" in told.out
    # Wilson's interval of 30 of 100 is 21.9% to 39.6% (Wilson, 1927)
    assert "lead_to_won, all channels      25%       30%  21.9% to 39.6%    100  January 2027\n" in told.out
    assert "  +   lead_to_won: 30%\n" in told.out
    assert as_json["measured"]["rates"][0]["used"] == 0.3
    Draft202012Validator(schema).validate(as_json)


def test_the_past_is_told_also_where_no_plan_can_be_made(capsys: Capsys, folder: Path) -> None:
    (folder / "small.yaml").write_text(SMALL.replace("plan: {months: 2028-01 to 2028-02}\n", ""), encoding="utf-8")
    (folder / "leads.csv").write_text("id,came,won\n1,2027-01-01,2027-03-01\n", encoding="utf-8")
    ended = sla(capsys, "plan", "small.yaml", "--from-data")

    assert ended.code == 3
    assert "No rate can be measured: no month of leads is old enough and covered by the data.\n" in ended.out
    assert "the agreement has no plan: write its months" in ended.err


def test_data_is_only_looked_at_when_asked(capsys: Capsys, folder: Path) -> None:
    ended = sla(capsys, "plan", "--data", "data")

    assert ended.code == 2
    assert "add --from-data" in ended.err


def test_markdown_has_the_same_numbers(capsys: Capsys, folder: Path) -> None:
    ended = sla(capsys, "plan", "--goal", "R$ 1500000", "--format", "markdown")

    assert ended.out.startswith("## Plan for January to June 2027: 50 customers, R&#36; 1,500,000\n")
    assert "| January 2027 | 17,000 | 450 | 90 | 45 | 36 | 6 | R&#36; 180,000 |\n" in ended.out
    assert "- in May 2027 112 leads arrive (MQL), and 5 sellers take 110" in ended.out
    assert "<summary>`sla/targets.yaml` 7</summary>" in ended.out


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("--goal", "1.380.000"), "is no goal; write it without separators, as 'R$ 1380000'"),
        (("--goal", "0 customers"), "is no goal that can be planned"),
        (("--rate", "mql_to_sql=0.55"), "is no rate; write it as mql_to_sql=55%"),
        (("--rate", "mql_to_sqll=55%"), "there is no rate mql_to_sqll; did you mean mql_to_sql"),
        (("--rate", "padi_search.mql_to_sql=55%"), "did you mean paid_search"),
        (("--season", "March=120%"), "is no weight of a month; write it as 2027-03=120%"),
        (("--season", "2028-03=120%"), "March 2028 is no month of the plan"),
    ],
)
def test_a_slip_is_answered_with_what_to_write(
    capsys: Capsys, folder: Path, arguments: tuple[str, ...], said: str
) -> None:
    ended = sla(capsys, "plan", *arguments)

    assert ended.code == 2
    assert said in ended.err


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("--from", "no.csv"), "no.csv cannot be read"),
        (("--goal", "12 customers"), "the opportunities that are open already bring 12 customers"),
        (("nowhere",), "there is no file or folder nowhere"),
    ],
)
def test_what_cannot_be_planned_is_told(capsys: Capsys, folder: Path, arguments: tuple[str, ...], said: str) -> None:
    ended = sla(capsys, "plan", *arguments)

    assert ended.code == 3
    assert said in ended.err


def test_an_agreement_without_targets_gets_them(capsys: Capsys, folder: Path) -> None:
    """The lines that are missing are written, for all channels that are not on trial, and validate."""
    targets = (folder / "sla" / "targets.yaml").read_text(encoding="utf-8")
    start, rest = targets.index("targets:"), targets.index("opened_before_plan:")
    (folder / "sla" / "targets.yaml").write_text(targets[:start] + targets[rest:], encoding="utf-8")
    channels = (folder / "sla" / "channels.yaml").read_text(encoding="utf-8")
    (folder / "sla" / "channels.yaml").write_text(
        channels.replace("hands_over: 20", "hands_over: 10"), encoding="utf-8"
    )
    ended = sla(capsys, "plan", "--goal", "44 customers", "--write")

    assert ended.code == 0
    assert "in proportion to their budgets" in ended.out
    assert sla(capsys, "validate").code == 0
