"""Rules that a package adds: found, run, explained; and one clear error for a package that is broken."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path
from typing import NamedTuple

import pytest

from tests.rules.packages import put, rule_text

START = "from checker.cli.main import main; main()"
AGREEMENT = """\
format: sla/v1
agreement: Ours
stages: {lead: {team: marketing}, customer: {team: sales, is: won}}
channels:
  search: {team: marketing}
  fairs: {team: marketing, budget: 500 a month}
handoff: {stage: lead, channel: The queue}
"""


class Ended(NamedTuple):
    code: int
    out: str
    err: str


@pytest.fixture
def company(tmp_path: Path) -> Path:
    (tmp_path / "agreement.yaml").write_text(AGREEMENT, encoding="utf-8")
    return tmp_path


def sla(company: Path, *arguments: str) -> Ended:
    """A command in a process of its own, in which the packages of a company are installed."""
    path = os.pathsep.join([str(company / "packages"), str(Path(__file__).parent.parent.parent)])
    done = subprocess.run(
        [sys.executable, "-c", START, *arguments],
        cwd=company,
        env=os.environ | {"PYTHONPATH": path, "PYTHONDONTWRITEBYTECODE": "1"},
        capture_output=True,
        encoding="utf-8",
        check=False,
        timeout=60,
    )
    return Ended(done.returncode, done.stdout, done.stderr)


@pytest.mark.parametrize(
    ("text", "value"),
    [
        (rule_text(), "our_rules"),
        (rule_text() + "\nRULES = [no_budget]\n", "our_rules:RULES"),
        (rule_text() + "\nRULES = (no_budget,)\n", "our_rules:RULES"),
        (rule_text(), "our_rules:no_budget"),
    ],
)
def test_a_module_or_a_list_of_rules_is_run(company: Path, text: str, value: str) -> None:
    put(company / "packages", text, value=value)
    ended = sla(company, "validate", "agreement.yaml")

    assert (0, "") == (ended.code, ended.err)
    assert "agreement.yaml:5:3: warning[SLA950] search has no budget\n" in ended.out
    assert "fairs" not in ended.out


def test_its_severity_can_be_set_and_its_findings_waived(company: Path) -> None:
    put(company / "packages", rule_text())
    file = company / "agreement.yaml"
    file.write_text(AGREEMENT + "checks: {severity: {SLA950: error}}\n", encoding="utf-8")
    as_error = sla(company, "validate", "agreement.yaml")
    waiver = "search: {team: marketing} # sla: waive[SLA950] until 2027-12-31 the budget comes in May"
    file.write_text(file.read_text(encoding="utf-8").replace("search: {team: marketing}", waiver), encoding="utf-8")
    waived = sla(company, "validate", "agreement.yaml")

    assert "error[SLA950]" in as_error.out
    assert (1, 0) == (as_error.code, waived.code)
    assert "waived until 31 December 2027: the budget comes in May\n" in waived.out


def test_it_is_explained(company: Path) -> None:
    put(company / "packages", rule_text())
    ended = sla(company, "explain", "sla950")

    assert (0, "") == (ended.code, ended.err)
    assert ended.out.startswith("# SLA950: A channel without a budget\n\nwarning, since version 1.0\n\nFinance wants ")


def test_its_help_leads_to_a_page_that_exists(company: Path) -> None:
    put(company / "packages", rule_text())

    assert (
        '"help": "https://smarketing-sla.example/how-to/write-a-company-rule/"'
        in sla(company, "validate", "agreement.yaml", "--format", "json").out
    )


BROKEN = [
    ('raise RuntimeError("boom")', "", "RuntimeError: boom"),
    ("import nowhere_to_be_found", "", "ModuleNotFoundError: No module named 'nowhere_to_be_found'"),
    ("import sys; sys.exit(3)", "", "SystemExit: 3"),
    ("def (", "", "SyntaxError: invalid syntax (our_rules.py, line 1)"),
    ("x = 1", "our_rules:rules", "AttributeError: module 'our_rules' has no attribute 'rules'"),
    ("x = 1", "", "our_rules is neither a module with rules nor a list of rules; "),
    ("RULES = []", "our_rules:RULES", "our_rules:RULES is neither a module with rules nor a list of rules; "),
    ("RULES = [1]", "our_rules:RULES", "our_rules:RULES is neither a module with rules nor a list of rules; "),
    ("RULES = 'SLA950'", "our_rules:RULES", "our_rules:RULES is neither a module with rules nor a list of rules; "),
    (rule_text("SLA101"), "", "SLA101 is no code for it: its codes are SLA902 to SLA999"),
    (rule_text("SLA901"), "", "SLA901 is no code for it: its codes are SLA902 to SLA999"),
    (rule_text("ACME1"), "", "ACME1 is no code for it: its codes are SLA902 to SLA999"),
    (rule_text() + rule_text(name="again"), "", "SLA950 is taken by the package our-rules"),
    (rule_text().replace("Severity.WARNING", "'warning'"), "", "the severity of SLA950 is none"),
    (rule_text().replace("channel.budget", "channel.bugdet"), "", "SLA950 fails, AttributeError: "),
    (rule_text().replace("yield Problem", "yield str"), "", "SLA950 fails, TypeError: "),
    (rule_text().replace("yield Problem(", "yield repr(name) or ("), "", "SLA950 yields something else than problems"),
]


@pytest.mark.parametrize(("text", "value", "reason"), BROKEN, ids=[reason for _, _, reason in BROKEN])
def test_a_broken_package_is_one_line_that_names_it(company: Path, text: str, value: str, reason: str) -> None:
    put(company / "packages", text, value=value)
    ended = sla(company, "validate", "agreement.yaml")

    assert (3, "", 1) == (ended.code, ended.out, ended.err.count("\n"))
    assert ended.err.startswith(f"sla: the rules of the package our-rules cannot be used: {reason}")


def test_two_packages_cannot_have_one_code(company: Path) -> None:
    put(company / "packages", rule_text())
    put(company / "packages", rule_text(), name="their_rules")
    ended = sla(company, "validate", "agreement.yaml")

    assert (
        "sla: the rules of the package their-rules cannot be used: SLA950 is taken by the package our-rules\n"
        == ended.err
    )


def test_a_broken_package_does_not_hide_the_other_rules(company: Path) -> None:
    """What this tool's own rules mean can always be looked up."""
    put(company / "packages", "def (")

    assert 0 == sla(company, "explain", "SLA101").code


def test_packages_that_announce_something_else_are_left_alone(company: Path) -> None:
    put(company / "packages", "raise RuntimeError", group="sla.rules.of.somebody")
    ended = sla(company, "validate", "agreement.yaml")

    assert (0, "") == (ended.code, ended.err)
