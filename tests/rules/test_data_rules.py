"""Rules about data: each example's leads are checked, and the bad agreement is reported on its marked lines alone."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from checker.finding import Severity
from checker.finding_record import FindingRecord
from checker.language import words
from checker.report.rule_page import rule_page
from checker.review.validate import validate
from checker.rules.catalogue import DATA_MODULES, data_rules, every_rule, rules
from checker.rules.rule import Rule
from checker.verdict import Found, Results
from tests.conftest import ROOT
from tests.rules.examples import Line, document, marked
from tests.rules.leads_of_examples import BESIDE, checked

every_data_rule = pytest.mark.parametrize("rule", data_rules(), ids=lambda rule: rule.code)


def line(file: str, number: int) -> Line:
    return file.rpartition("/")[2], number


@every_data_rule
def test_bad_example_is_reported_on_the_marked_lines_and_nowhere_else(rule: Rule, tmp_path: Path) -> None:
    findings = checked(rule.bad, rule.data, tmp_path).findings

    assert {rule.code} == {finding.code for finding in findings}
    assert marked(rule.bad, rule.code) == {line(finding.file, finding.line) for finding in findings}


@every_data_rule
def test_the_other_lines_of_the_conflict_are_the_marked_ones(rule: Rule, tmp_path: Path) -> None:
    """Those of the source stand in a file that no example shows."""
    findings = checked(rule.bad, rule.data, tmp_path).findings
    others = {line(item.file, item.line) for finding in findings for item in finding.because}

    assert marked(rule.bad, "because") == {spot for spot in others if spot[0] != BESIDE}


@every_data_rule
def test_good_example_has_no_finding_on_the_same_leads(rule: Rule, tmp_path: Path) -> None:
    assert [] == [(found.code, found.message) for found in checked(rule.good, rule.data, tmp_path).findings]


@every_data_rule
def test_each_finding_says_what_to_do(rule: Rule, tmp_path: Path) -> None:
    """In two words or more, and the same in its data for other languages."""
    for finding in checked(rule.bad, rule.data, tmp_path).findings:
        assert len(finding.choices) >= 2
        assert len(finding.choices) == len(finding.said.choices)
        assert len(finding.because) == len(finding.said.because)


@every_data_rule
def test_only_the_check_looks_for_it(rule: Rule, tmp_path: Path) -> None:
    """`sla validate` has no data: it neither reports the rule nor says that it was skipped."""
    (tmp_path / "releases").mkdir()
    found = validate(document(rule.bad, tmp_path), date(2027, 3, 15))

    assert rule not in rules()
    assert rule.code not in {item.code for item in found.findings} | {item.code for item in found.skipped}


@every_data_rule
def test_a_rule_has_a_page_with_its_leads(rule: Rule) -> None:
    page = rule_page(rule, words("en"))

    assert len(rule.explanation.split()) > 10
    assert "needs the funnel's data" in page
    assert page.count("\n| ") == len(rule.data.strip().splitlines()) + 1


def test_every_file_with_rules_about_data_is_in_the_catalogue() -> None:
    with_rules = {
        file.stem
        for file in (ROOT / "checker" / "rules" / "by_data").glob("*.py")
        if "\n@rule(" in file.read_text(encoding="utf-8")
    }

    assert with_rules == set(DATA_MODULES)


def test_codes_and_names_of_the_whole_catalogue_are_used_once() -> None:
    assert len(every_rule()) == len({rule.code for rule in every_rule()}) == len({rule.name for rule in every_rule()})


def test_a_finding_in_the_results_has_all_keys_of_findings_v1() -> None:
    assert set(FindingRecord.model_fields) < set(Found.model_fields)


# ---------------------------------------------------------------- what the company says

CHANNELS = "channels:{waiver}\n  search: {{team: marketing}}\n"
LEADS = "leads, channel, became_mql\n40, search, 2027-01-12\n12, serach, 2027-02-03"


def of_channels(folder: Path, waiver: str = "", further: str = "") -> Results:
    return checked(CHANNELS.format(waiver=waiver) + further, LEADS, folder)


def test_a_near_name_is_offered(tmp_path: Path) -> None:
    (found,) = of_channels(tmp_path).findings

    assert "12 leads came by a channel that the agreement does not know: serach" == found.message
    assert "or say in the source, under values:, that serach is search" == found.choices[1].message


def test_a_company_weighs_or_silences_a_rule(tmp_path: Path) -> None:
    """Under `checks`, as any other."""
    weighed = of_channels(tmp_path, further="checks: {severity: {SLA117: info}}\n")
    silenced = of_channels(tmp_path, further="checks: {severity: {SLA117: off}}\n")

    assert [Severity.INFO] == [found.severity for found in weighed.findings]
    assert () == silenced.findings


def test_a_waiver_holds_until_its_day(tmp_path: Path) -> None:
    """As of the last day of the data, 3 February."""
    of_then = of_channels(tmp_path, "  # sla: waive[SLA117] until 2027-02-03 the new CRM comes in May").findings
    over = of_channels(tmp_path, "  # sla: waive[SLA117] until 2027-02-02 the new CRM comes in May").findings

    assert ["2027-02-03"] == [found.waived.until for found in of_then if found.waived]
    assert [None] == [found.waived for found in over]


def test_without_releases_the_rule_about_them_is_counted_as_not_looked_at(tmp_path: Path) -> None:
    (skipped,) = of_channels(tmp_path).not_looked_at

    assert "SLA228" == skipped.code
    assert "no version has been released before: there is nothing in releases/" == skipped.why
