"""Workflow commands, read back as GitHub's runner reads them."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given, settings

from checker.finding import Finding, Findings, Place, Severity, Waiver
from checker.message import Written, say
from checker.report.findings_github import findings_github
from checker.report.remarks_github import MOST
from checker.report.repository import Repository
from tests.report.made_findings import ENGLISH, commands, reviews
from tests.report.test_findings_text import CONFLICT, COUNTS, TARGET

HELP = "https://help.example/SLA214/"
FOUND = replace(CONFLICT, help=HELP, because=(), choices=(), follows=())


def written(*findings: Finding) -> str:
    return findings_github(Findings(findings, rules_run=42, counts=COUNTS), ENGLISH, "sla", Repository())


def test_a_finding_is_an_annotation_on_its_line() -> None:
    expected = (
        "::error file=sla/targets.yaml,line=12,col=27,endColumn=29,title=SLA214%3A Sellers cannot take so many::"
        "January's sellers cannot take this many leads: 95 arrive, they take 93%0A%0A"
        "why this rule: https://help.example/SLA214/\n"
        "1 error, 0 warnings in sla (42 rules)\n"
    )

    assert expected == written(FOUND)


def test_the_annotation_tells_the_other_lines_and_the_choices() -> None:
    [command] = commands(written(replace(CONFLICT, help=HELP)))

    assert [
        "January's sellers cannot take this many leads: 95 arrive, they take 93",
        "",
        "Other lines that count here:",
        "   sla/sellers.yaml:7: edu starts in January at 25%",
        "   sla/sellers.yaml:19: handoffs: 22 a month   # each",
        "1. keep 45 and change these lines too",
        "   sla/sellers.yaml:7: 32% instead of 25% (edu's January)",
        "   sla/sellers.yaml:19: 23 a month instead of 22 a month",
        "2. keep the sellers: at most 43 here",
        "what follows: 475 leads; 38 opportunities",
        f"why this rule: {HELP}",
    ] == command.data.split("\n")


def test_the_worst_ten_are_annotations_and_the_others_are_counted() -> None:
    """Errors go before warnings; the eleventh command names the files of the rest, which the log shows."""
    warnings = [
        replace(FOUND, severity=Severity.WARNING, place=replace(TARGET, line=number), fingerprint=f"w{number}")
        for number in range(1, 9)
    ]
    errors = [replace(FOUND, fingerprint=f"e{number}") for number in range(4)]
    text = written(*warnings, *errors)
    *shown, about = commands(text)

    assert ["error"] * 4 + ["warning"] * 6 == [command.name for command in shown]
    assert ("notice", "2 more findings", "7") == (about.name, about.properties["title"], about.properties["line"])
    assert "2 in sla/targets.yaml; each is in the log of this step" == about.data
    assert (
        "sla/targets.yaml:8:27: warning[SLA214] January's sellers cannot take this many leads: 95 arrive, they take 93 "
        f"({HELP})\n" in text
    )


def test_a_waived_finding_is_a_notice_with_its_reason() -> None:
    [command] = commands(written(replace(FOUND, waived=Waiver("comes in May", date(2027, 5, 31), TARGET))))

    assert "notice" == command.name
    assert "waived until 31 May 2027: comes in May" in command.data.split("\n")


@pytest.mark.parametrize(
    ("text", "escaped"),
    [("100%", "100%25"), ("a%0Ab", "a%250Ab"), ("x::error::y", "x::error::y"), ("a\nb", "a b"), ("a\rb", "a b")],
)
def test_data_is_escaped(text: str, escaped: str) -> None:
    line = written(replace(FOUND, message=say("{text}", text=Written(text)))).splitlines()[0]

    assert f"::{escaped}%0A%0Awhy" in line


def test_properties_are_escaped() -> None:
    odd = Place("sla/a,b:c%.yaml", 3, 1, 2, "x: 1")
    line = written(replace(FOUND, place=odd, name="One, two: 3%")).splitlines()[0]

    assert line.startswith(
        "::error file=sla/a%2Cb%3Ac%25.yaml,line=3,col=1,endColumn=2,title=SLA214%3A One%2C two%3A 3%25::"
    )


@given(reviews())
@settings(max_examples=40)
def test_no_text_becomes_a_command_of_its_own(found: Findings) -> None:
    """Of commands there are ours alone: at most ten remarks and one count, each with its line, none of another name."""
    text = findings_github(found, ENGLISH, "sla", Repository())
    given = commands(text)

    assert min(len(found.findings), MOST) + (len(found.findings) > MOST) == len(given)
    assert {"error", "warning", "notice"} >= {command.name for command in given}
    assert {("file", "line", "col", "endColumn", "title")} >= {tuple(command.properties) for command in given}
    assert all(int(command.properties["line"]) >= 1 for command in given)
    assert not any("##[" in line for line in text.splitlines() if not line.startswith("::"))


def test_the_plain_lines_of_the_log_are_no_commands_either() -> None:
    """The runner knows an older form that may stand anywhere in a line."""
    evil = replace(FOUND, message=say("{text}", text=Written("##[add-path]/evil ::error::evil")))
    lines = written(*(replace(evil, fingerprint=str(number)) for number in range(12))).splitlines()

    assert ["# #[add-path]/evil ::error::evil" in line for line in lines[11:13]] == [True, True]
    assert not any("##[" in line or line.startswith("::") for line in lines[11:])


@given(reviews())
@settings(max_examples=40)
def test_no_kind_has_more_than_github_shows(found: Findings) -> None:
    """Ten errors, ten warnings, ten notices: an eleventh of a kind would vanish."""
    names = [command.name for command in commands(findings_github(found, ENGLISH, "sla", Repository()))]

    assert all(names.count(name) <= 10 for name in names)
