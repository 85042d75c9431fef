"""Findings for programs: the shape that others build on."""

from __future__ import annotations

import json
from functools import cache
from pathlib import Path
from typing import Any

import jsonschema
import pytest

from checker.language import words
from checker.report.findings_json import findings_json
from checker.report.schemas import schemas
from checker.review.validate import validate
from checker.rules.catalogue import rules
from checker.rules.rule import TODAY
from checker.text import parse, read
from tests.reference import FOLDER, edited_reference
from tests.rules.examples import document

AGREEMENT = """\
format: sla/v1
agreement: Our agreement
rates:
  lead_to_mql: 20%
  lead_to_mql: 25%
stages:
  lead: {team: marketing}
  mql: {team: markting}
"""


def as_json(text: str) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(findings_json(validate(parse(text)), words("en")))
    return found


@cache
def schema() -> dict[str, Any]:
    found: dict[str, Any] = json.loads(schemas()["findings.json"])
    return found


def test_the_summary_counts_findings_rules_and_proofs() -> None:
    assert {
        "error": 2,
        "warning": 0,
        "info": 0,
        "waived": 0,
        "proofs": {"held": 0, "unknown": 0, "skipped": 0},
        "rules_run": as_json(AGREEMENT)["summary"]["rules_run"],
        "rules_skipped": sum(TODAY in rule.needs and not rule.is_about_waivers for rule in rules()),
    } == as_json(AGREEMENT)["summary"]


def test_a_finding_has_its_rule_its_place_and_the_other_lines() -> None:
    finding = as_json(AGREEMENT)["findings"][0]

    assert {
        "file": "agreement.yaml",
        "line": 5,
        "column": 3,
        "code": "SLA008",
        "name": "The same word twice in one place",
        "severity": "error",
        "message": "`lead_to_mql` stands here twice, and only the first counts: keep one of them",
        "note": None,
        "because": [{"file": "agreement.yaml", "line": 4, "column": 3, "message": "the first `lead_to_mql`"}],
        "follows": [],
        "choices": [],
        "witness": None,
        "fixes": [],
        "group": None,
        "waived": None,
        "help": "https://smarketing-sla.example/rules/text-and-format/#SLA008",
        "fingerprint": finding["fingerprint"],
    } == finding


def test_a_fix_says_what_to_write_in_place_of_what() -> None:
    [fix] = as_json(AGREEMENT)["findings"][1]["fixes"]

    assert {
        "file": "agreement.yaml",
        "line": 8,
        "column": 15,
        "old": "markting",
        "new": "marketing",
        "why": None,
        "safe": True,
    } == fix


def test_what_could_not_run_and_what_a_draft_needs_are_told() -> None:
    report = as_json(AGREEMENT.replace("lead_to_mql: 25%", "lead_to_mql: 0.25").replace("lead_to_mql: 20%", "a: 1"))

    reasons = {rule["why"] for rule in report["skipped"]}

    assert {"what they need cannot be read yet: rates", "today's date is not known; give it with --as-of"} == reasons
    assert {"what": "targets", "done": False} in report["checklist"]


@pytest.mark.parametrize("example", [rule.bad for rule in rules()], ids=[rule.code for rule in rules()])
def test_findings_fit_the_published_schema(example: str, tmp_path: Path) -> None:
    text = findings_json(validate(document(example, tmp_path)), words("en"))

    jsonschema.validate(json.loads(text), schema(), cls=jsonschema.Draft202012Validator)


def test_both_ways_out_of_a_conflict_are_edits(tmp_path: Path) -> None:
    folder = edited_reference(tmp_path, ("targets.yaml", "05: 8", "05: 10"))
    report = json.loads(findings_json(validate(read(folder)), words("en")))
    keep, fit = report["findings"][0]["choices"]

    assert {"20", "40", "52", "R$ 1560000"} == {edit["new"] for edit in keep["edits"]}
    assert ["8"] == [edit["new"] for edit in fit["edits"]]


def test_a_consistent_agreement_has_no_findings() -> None:
    report = json.loads(findings_json(validate(read(FOLDER)), words("en")))

    assert ("findings/v1", []) == (report["format"], report["findings"])
