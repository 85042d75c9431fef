"""The JUnit report, against the shape that Jenkins and Ant read, and through a reader of its own."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from xml.etree import ElementTree as ET

from hypothesis import given, settings
from junitparser import JUnitXml

from checker.finding import Finding, Findings, Severity, Skipped, Waiver
from checker.message import say
from checker.report.findings_junit import findings_junit
from checker.report.repository import Repository
from tests.report.made_findings import ENGLISH, FAILING, reviews
from tests.report.test_findings_text import CONFLICT, COUNTS, LIMIT, TARGET

FOUND = replace(CONFLICT, help="https://help.example/SLA214/")
WAIVED = replace(FOUND, waived=Waiver("comes in May", date(2027, 5, 31), TARGET), fingerprint="b")
SHAPE = {
    "testsuites": ({"name", "tests", "failures", "errors", "time", "disabled"}, {"testsuite"}),
    "testsuite": (
        {"name", "tests", "failures", "errors", "skipped", "time", "timestamp", "hostname", "id", "package", "file"},
        {"properties", "testcase", "system-out", "system-err"},
    ),
    "testcase": (
        {"name", "classname", "time", "status", "assertions", "file", "line"},
        {"skipped", "error", "failure", "system-out", "system-err"},
    ),
    "failure": ({"type", "message"}, set()),
    "skipped": ({"message"}, set()),
    "system-out": (set(), set()),
}
"""Element -> attributes and children that it may have (Jenkins' schema; `file` and `line` as pytest and GitLab use)."""
REQUIRED = {"testsuite": {"name", "tests"}, "testcase": {"name", "classname"}}


def written(*findings: Finding, failing=FAILING, skipped: tuple[Skipped, ...] = ()) -> str:
    found = Findings(findings, skipped=skipped, rules_run=42, counts=COUNTS)
    return findings_junit(found, ENGLISH, "sla", Repository(), failing)


def test_a_finding_that_fails_the_run_is_a_failure_with_its_text() -> None:
    [test] = ET.fromstring(written(FOUND)).findall("testsuite[@name='sla/targets.yaml']/testcase")
    [failure] = test

    assert (
        "sla/targets.yaml:12:27 January's sellers cannot take this many leads: 95 arrive, they take 93"
        == (test.attrib["name"])
    )
    assert ("SLA214", "error") == (test.attrib["classname"], failure.attrib["type"])
    assert "   12 |       2027-01 to 2027-03: 45\n" in (failure.text or "")
    assert (failure.text or "").endswith("   why this rule: sla explain SLA214, or https://help.example/SLA214/\n")


def test_a_finding_below_the_limit_passes_and_is_told() -> None:
    """A yellow light does not stop the train, whatever colour the server paints failures in."""
    [test] = ET.fromstring(written(replace(FOUND, severity=Severity.WARNING))).iterfind("testsuite/testcase[@line]")

    assert ["system-out"] == [child.tag for child in test]
    assert 1 == len(
        ET.fromstring(
            written(replace(FOUND, severity=Severity.WARNING), failing={Severity.ERROR, Severity.WARNING})
        ).findall("testsuite/testcase/failure")
    )


def test_what_is_waived_or_could_not_run_is_skipped_with_the_reason() -> None:
    root = ET.fromstring(written(WAIVED, skipped=(Skipped("SLA701", "A date", say("no day is given")),)))

    assert ["waived until 31 May 2027: comes in May", "no day is given"] == [
        skipped.attrib["message"] for skipped in root.iter("skipped")
    ]


def test_no_report_is_empty() -> None:
    """A server that finds no test in a report calls the run broken."""
    [test] = ET.fromstring(written()).iter("testcase")

    assert "42 rules that found nothing" == test.attrib["name"]


def test_a_suite_is_a_file() -> None:
    root = ET.fromstring(written(FOUND, replace(FOUND, place=LIMIT, fingerprint="c")))

    assert ["sla/targets.yaml", "sla/sellers.yaml", "sla.rules"] == [suite.attrib["name"] for suite in root]


@given(reviews())
@settings(max_examples=60)
def test_the_report_has_the_usual_shape(found: Findings) -> None:
    """Nothing but what Jenkins' schema names, and what it requires."""
    root = ET.fromstring(findings_junit(found, ENGLISH, "sla", Repository(), FAILING))

    for element in root.iter():
        attributes, children = SHAPE[element.tag]
        assert set(element.attrib) <= attributes
        assert {child.tag for child in element} <= children
        assert REQUIRED.get(element.tag, set()) <= set(element.attrib)


@given(reviews())
@settings(max_examples=40)
def test_another_reader_counts_the_same(found: Findings) -> None:
    """Failures are the errors that are not waived; what is waived and what could not run is skipped."""
    report = JUnitXml.fromstring(findings_junit(found, ENGLISH, "sla", Repository(), FAILING).encode())
    suites = list(report)

    assert found.count(Severity.ERROR) == sum(suite.failures for suite in suites) == report.failures
    assert found.waived + len(found.skipped) == sum(suite.skipped for suite in suites)
    assert len(found.findings) + len(found.skipped) + 1 == sum(len(list(suite)) for suite in suites) == report.tests
