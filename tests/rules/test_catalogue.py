"""The catalogue of rules as a whole: codes, order, and that nothing the reader finds is left without a rule."""

from __future__ import annotations

import re
from collections import Counter
from datetime import date

import pytest

from checker.agreement import Agreement, Sections
from checker.agreement.sections import section_names
from checker.finding import At, Problem
from checker.message import say
from checker.rules.catalogue import MODULES, rule_of, rules
from checker.rules.rule import HISTORY, HOLIDAYS, PLANNED_NAMES, TODAY, WAIVERS
from tests.conftest import ROOT

KIND = re.compile(
    r'kind="(?P<kind>[a-z-]+)"|message, "(?P<repair>[a-z-]+)"|[A-Z_]+ = "(?P<constant>[a-z-]+)"\n"""Kind of'
)

TODAY_IS = date(2027, 3, 15)


def kinds() -> set[str]:
    """Every kind of problem that reading or building an agreement may report."""
    files = [*ROOT.glob("checker/text/*.py"), *ROOT.glob("checker/agreement/*.py")]
    matches = [match for file in files for match in KIND.finditer(file.read_text(encoding="utf-8"))]
    return {kind for match in matches for kind in match.groups() if kind is not None}


def test_kinds_are_found_in_the_code() -> None:
    assert {"thousands", "syntax", "unknown-key", "no-such-value", "key-in-two-files"} < kinds()


@pytest.mark.parametrize("kind", sorted(kinds()))
def test_each_kind_of_problem_that_the_reader_finds_has_exactly_one_rule(kind: str) -> None:
    problem = Problem(At(("people", "ana")), say("something"), kind=kind)
    agreement = Agreement(Sections(), problems=(problem,))
    about_text = [rule for rule in rules() if rule.is_about_reading or rule.is_about_waivers]
    reporting = [rule.code for rule in about_text if problem in rule.problems(agreement, TODAY_IS)]

    assert 1 == len(reporting)


def test_codes_are_used_once_and_in_order() -> None:
    codes = [rule.code for rule in rules()]

    assert sorted(codes) == codes
    assert {1} == set(Counter(codes).values())
    assert all(re.fullmatch(r"SLA[0-9]{3}", code) for code in codes)


def test_names_are_used_once() -> None:
    assert {1} == set(Counter(rule.name for rule in rules()).values())


def test_every_file_with_rules_is_in_the_catalogue() -> None:
    with_rules = {
        file.stem
        for file in (ROOT / "checker" / "rules").glob("*.py")
        if "\n@rule(" in file.read_text(encoding="utf-8")
    }

    assert with_rules == set(MODULES)


def test_rules_need_sections_that_exist() -> None:
    known = {*section_names(), TODAY, HOLIDAYS, PLANNED_NAMES, WAIVERS, HISTORY}

    assert set() == {need for rule in rules() for need in rule.needs} - known


def test_a_rule_is_found_by_its_code_in_any_case() -> None:
    assert rule_of("SLA101") is rule_of("sla101")
    assert rule_of("SLA999") is None


def test_no_rule_speaks_of_files_on_somebody_s_machine() -> None:
    for rule in rules():
        assert not re.search(r"(?:/home|/work|/tmp|C:\\)", rule.bad + rule.good + rule.explanation), rule.code


def test_help_leads_to_the_page_of_the_rule() -> None:
    assert all(
        rule.help.startswith("https://") and rule.help.endswith(f"rules/{rule.group}/#{rule.code}") for rule in rules()
    )
