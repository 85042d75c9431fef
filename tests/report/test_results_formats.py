"""Every format says the same of the same results, whatever names and leads there are."""

from __future__ import annotations

import json
import re
from collections import Counter
from xml.etree import ElementTree as ET

import pytest
from hypothesis import given, settings

from checker.report.results_github import results_github
from checker.report.results_junit import results_junit
from checker.report.results_markdown import results_markdown
from checker.report.results_text import results_text
from checker.verdict import Evidence, Outlook, Result, Results, Status
from tests.report.made_findings import ENGLISH, calm, calm_files, commands, seen, wild
from tests.report.made_results import FORMATS, facts, needing, places_in_markdown, runs, view
from tests.report.test_findings_junit import REQUIRED, SHAPE
from tests.report.test_findings_sarif import misfits
from tests.report.test_results_text import AS_OF, result

ALL, SOME = ("json", "github", "sarif", "junit"), ("gitlab",)


@given(runs(calm, calm_files))
@settings(max_examples=50)
def test_every_format_says_what_became_of_each_promise_and_where_it_stands(made: Results) -> None:
    """Read back by a reader of its own; GitLab is told only what somebody should look at."""
    said = {name: FORMATS[name].read(FORMATS[name].write(made)) for name in (*ALL, *SOME)}

    assert dict.fromkeys(ALL, facts(made)) | dict.fromkeys(SOME, needing(made)) == said
    assert {(promise, file, line) for promise, _, _, file, line in facts(made)} == places_in_markdown(
        FORMATS["markdown"].write(made)
    )


@given(runs(wild, calm_files))
@settings(max_examples=50)
def test_no_text_changes_what_a_program_reads(made: Results) -> None:
    """Ends of commands and of CDATA in names, reasons and leads make no result more, none less, none other."""
    said = {name: FORMATS[name].read(FORMATS[name].write(made)) for name in (*ALL, *SOME)}

    assert dict.fromkeys(ALL, facts(made)) | dict.fromkeys(SOME, needing(made)) == said


@given(runs())
@settings(max_examples=50)
def test_no_format_stumbles_over_what_people_write(made: Results) -> None:
    """There is a text, it can be saved, and no control character or mark of direction gets through."""
    for name, form in FORMATS.items():
        text = form.write(made)

        assert text == text.encode("utf-8").decode("utf-8")
        assert text.endswith("\n")
        assert set() == {letter for letter in text if ord(letter) < 32 and letter != "\n"}, name
        assert name == "json" or set() == {"\u202e", "\u2028", "\x7f"} & set(text), name


@given(runs(calm, calm_files, most=6))
@settings(max_examples=30)
def test_the_sarif_fits_its_schema_and_the_junit_its_shape(made: Results) -> None:
    assert [] == misfits(FORMATS["sarif"].write(made))
    for element in ET.fromstring(FORMATS["junit"].write(made)).iter():
        attributes, children = SHAPE[element.tag]
        assert set() == element.attrib.keys() - attributes
        assert set() == {child.tag for child in element} - children
        assert REQUIRED.get(element.tag, set()) <= element.attrib.keys()


@given(runs(calm, calm_files))
@settings(max_examples=30)
def test_each_line_about_a_month_is_the_same_as_at_a_terminal(made: Results) -> None:
    """What GitHub shows of a result, the page for people shows too."""
    page = seen(results_text(made, ENGLISH, view().sentences, "EUR"))

    for command in commands(results_github(made, view())):
        numbers = command.data.partition("\n")[0].partition(" – ")[2]
        assert seen(numbers) in page


def run(*results: Result) -> Results:
    return Results(agreement="Test", as_of=AS_OF, results=results, promises=3, judgeable=2)


MADE = run(
    result(),
    result(promise="missed-one", status=Status.MISSED, evidence=Evidence.CLEAR, offenders=("L1",), offender_count=1),
    result(promise="none", status=Status.NO_DATA),
    result(promise="odd", status=Status.NOT_MEASURABLE, judged=False),
    result(promise="open-one", status=Status.OPEN, judged=False, outlook=Outlook.ON_COURSE),
    result(promise="risky", status=Status.OPEN, judged=False, outlook=Outlook.AT_RISK),
    result(promise="lost", status=Status.OPEN, judged=False, outlook=Outlook.LOST),
)


def test_how_each_status_is_mapped() -> None:
    """The tables in the modules and in the how-to, as programs read them."""
    text = FORMATS["sarif"].write(MADE)
    sarif = {
        item["ruleId"]: (item.get("kind", "fail"), item["level"]) for item in json.loads(text)["runs"][0]["results"]
    }
    gitlab = {item["check_name"]: item["severity"] for item in json.loads(FORMATS["gitlab"].write(MADE))}
    github = {item.properties["title"].partition(":")[0]: item.name for item in commands(FORMATS["github"].write(MADE))}
    junit = {
        test.attrib["classname"]: next((child.tag for child in test if child.tag != "system-out"), "passed")
        for test in ET.fromstring(FORMATS["junit"].write(MADE)).iter("testcase")
    }

    assert {
        "first-response": ("pass", "none"),
        "missed-one": ("fail", "error"),
        "none": ("notApplicable", "none"),
        "odd": ("notApplicable", "none"),
        "open-one": ("open", "none"),
        "risky": ("fail", "warning"),
        "lost": ("fail", "warning"),
    } == sarif
    assert {"missed-one": "critical", "risky": "minor", "lost": "minor", "odd": "info"} == gitlab
    assert {"missed-one": "error", "risky": "warning", "lost": "warning", "odd": "notice"} == github
    assert {
        "first-response": "passed",
        "missed-one": "failure",
        "none": "skipped",
        "odd": "skipped",
        "open-one": "passed",
        "risky": "passed",
        "lost": "passed",
        "sla.data": "passed",
    } == junit


def test_what_does_not_fail_the_run_is_no_failed_test() -> None:
    """`--fail-on never`: it passes, and still tells that the promise was missed."""
    report = ET.fromstring(results_junit(MADE, view(), lambda _: False, lambda _: False))
    told = "".join("".join(test.itertext()) for test in report.iter("testcase"))

    assert [] == report.findall(".//failure")
    assert "missed: missed-one – May 2027: 9 of 10, or 90%; 90% promised" in told


def test_of_many_remarks_github_is_given_the_worst_ten() -> None:
    """And one command that counts the rest; every one of them is a line of the log."""
    many = run(
        *(
            result(promise=f"risky-{number}", status=Status.OPEN, judged=False, outlook=Outlook.AT_RISK)
            for number in range(9)
        ),
        *(result(promise=f"missed-{number}", status=Status.MISSED) for number in range(4)),
    )
    shown = commands(results_github(many, view()))

    assert ["error"] * 4 + ["warning"] * 6 + ["notice"] == [command.name for command in shown]
    assert "3 more remarks" == shown[-1].properties["title"]
    assert 3 == results_github(many, view()).count("\nsla/promises.yaml:3:1: warning[risky-")


@pytest.mark.parametrize(
    ("results", "first"),
    [
        (MADE.results, "❌ **1 promise was missed: missed-one**"),
        (MADE.results[4:], "⚠️ **1 promise can no longer be kept: lost**"),
        (MADE.results[4:6], "⚠️ **1 promise is at risk: risky**"),
        (MADE.results[:1], "✅ **1 promise was kept, and none was missed: Call each lead**"),
        (MADE.results[3:4], "❔ **No promise could be judged yet**"),
    ],
)
def test_the_digest_begins_with_what_is_worst(results: tuple[Result, ...], first: str) -> None:
    shown = view().__class__(ENGLISH, {"first-response": "Call each lead"}, "EUR", view().repository)

    assert first == results_markdown(run(*results), shown, "sla").partition("\n")[0]


def test_in_the_digest_what_was_kept_takes_one_line() -> None:
    """However many there are; what was missed comes before what is at risk."""
    kept = [result(promise=f"kept-{number}") for number in range(5)]
    text = results_markdown(run(*MADE.results, *kept), view(), "sla")
    named = Counter(re.findall(r"- (.*?kept: .*)", text))

    assert [1] == list(named.values())
    assert ["missed-one", "lost", "risky"] == re.findall(r"^- \S+ \*\*([\w-]+)\*\*", text, flags=re.MULTILINE)
    assert "<summary>1 promise cannot be judged on this data</summary>" in text


def test_a_digest_fits_into_a_comment() -> None:
    """GitHub takes 65,536 characters; what does not fit is said to be missing."""
    leads = tuple("L" * 5_000 for _ in range(5))
    many = run(
        *(
            result(promise=f"p-{side}-{number}", owes=side, status=Status.MISSED, offenders=leads, offender_count=5)
            for side in ("marketing", "sales", "both")
            for number in range(40)
        )
    )
    text = results_markdown(many, view(), "sla")

    assert len(text.encode("utf-16-le")) // 2 < 65_536
    assert "which does not fit here" in text
