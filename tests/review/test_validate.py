"""A review runs what it can, says what it could not, and puts every answer on its line."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from checker.agreement import Agreement
from checker.finding import At, Because, Choice, Edit, Findings, Problem, Severity
from checker.message import all_of, say
from checker.review.validate import validate
from checker.rules.rule import TODAY, Rule, rule
from checker.text import parse, read
from tests.reference import FOLDER

SMALL = """\
format: sla/v1
agreement: Our agreement
people:
  ana: {name: Ana, team: sales}
stages:
  lead: {team: marketing}
  customer: {team: sales, is: won}
"""


def declared(code: str = "SLA999", **settings: object) -> Rule:
    """A rule that reports every person and every stage."""

    @rule(
        code,
        "A name",
        severity=Severity.WARNING,
        since="0.1",
        bad="",
        good="",
        needs=("people", "stages"),
    )
    def names(agreement: Agreement) -> Iterator[Problem]:
        for section in ("stages", "people"):
            for name in getattr(agreement.sections, section) or ():
                yield Problem(At((section, name), "key"), say("a name"))

    return names


def lines(findings: Findings) -> list[int]:
    return [finding.place.line for finding in findings.findings]


def test_findings_stand_in_the_order_of_the_lines() -> None:
    found = validate(parse(SMALL), catalogue=[declared()])

    assert [4, 6, 7] == lines(found)


def test_findings_of_several_files_stand_file_by_file(tmp_path: Path) -> None:
    (tmp_path / "b.yaml").write_text(SMALL.partition("stages:")[0], encoding="utf-8")
    (tmp_path / "a.yaml").write_text("\n\n\n\nstages:\n  lead: {team: marketing}\n", encoding="utf-8")
    found = validate(read(tmp_path), catalogue=[declared()])

    assert [("a.yaml", 6), ("b.yaml", 4)] == [
        (Path(finding.place.file).name, finding.place.line) for finding in found.findings
    ]


def test_a_rule_is_skipped_and_counted_where_a_section_cannot_be_built() -> None:
    found = validate(parse(SMALL.replace("team: sales}", "teem: sales}")), catalogue=[declared()])

    assert 0 == found.rules_run
    assert [("SLA999", all_of(["people"]))] == [
        (skipped.code, skipped.why.arguments["sections"]) for skipped in found.skipped
    ]


def test_a_rule_is_skipped_where_a_section_cannot_be_read() -> None:
    broken = SMALL.replace("  ana: {name: Ana, team: sales}", "  ana, who sells")
    found = validate(parse(broken), catalogue=[declared()])

    assert ["SLA999"] == [skipped.code for skipped in found.skipped]


@rule("SLA998", "A day", severity=Severity.INFO, since="0.1", bad="", good="", needs=(TODAY,))
def one_day(agreement: Agreement, today: date) -> Iterator[Problem]:
    yield Problem(At(("stages",)), say("today is {today}", today=today))


def test_a_rule_about_today_runs_only_where_the_day_is_given() -> None:
    without = validate(parse(SMALL), catalogue=[one_day])
    with_day = validate(parse(SMALL), date(2027, 3, 1), catalogue=[one_day])

    assert ([], ["SLA998"]) == ([*without.findings], [skipped.code for skipped in without.skipped])
    assert [date(2027, 3, 1)] == [finding.message.arguments["today"] for finding in with_day.findings]


@rule("SLA997", "A wish", severity=Severity.INFO, since="0.1", bad="", good="", on_request=True)
def wish(agreement: Agreement) -> Iterator[Problem]:
    yield Problem(At(("stages",)), say("a wish"))


@pytest.mark.parametrize(
    ("checks", "with_notes", "expected"),
    [
        ("", False, []),
        ("", True, ["info"]),
        ("checks: {severity: {SLA997: error}}\n", False, ["error"]),
        ("checks: {severity: {SLA997: off}}\n", True, []),
    ],
)
def test_a_rule_on_request_runs_where_somebody_asks_for_it(checks: str, with_notes: bool, expected: list[str]) -> None:
    found = validate(parse(SMALL + checks), with_notes=with_notes, catalogue=[wish])

    assert expected == [finding.severity for finding in found.findings]


def test_rules_about_reading_cannot_be_silenced() -> None:
    found = validate(parse(SMALL + "checks: {severity: {SLA020: off}}\nsurprise: yes\n"))

    assert ["SLA102", "SLA020"] == [finding.code for finding in found.findings]


@rule("SLA996", "A group", severity=Severity.ERROR, since="0.1", bad="", good="")
def group(agreement: Agreement) -> Iterator[Problem]:
    yield Problem(At(("people", "ana"), "key"), say("settled by it"), group="one")
    yield Problem(At(("stages",), "key"), say("alone"))
    yield Problem(
        At(("stages", "customer"), "key"), say("the edit"), choices=(Choice(say("write another")),), group="one"
    )


def test_what_one_edit_settles_stands_behind_the_finding_that_says_how() -> None:
    found = validate(parse(SMALL), catalogue=[group])

    assert ["alone", "the edit", "settled by it"] == [finding.message.text for finding in found.findings]


def test_fingerprints_stay_while_lines_move() -> None:
    before = validate(parse(SMALL), catalogue=[declared()])
    after = validate(parse("# a remark\n\n" + SMALL), catalogue=[declared()])

    assert [finding.fingerprint for finding in before.findings] == [finding.fingerprint for finding in after.findings]
    assert [line + 2 for line in lines(before)] == lines(after)


def test_fingerprints_differ() -> None:
    found = validate(parse(SMALL), catalogue=[declared("SLA999"), declared("SLA995")])
    prints = [finding.fingerprint for finding in found.findings]

    assert len(prints) == len(set(prints))


def test_the_position_in_a_list_is_no_part_of_a_fingerprint() -> None:
    before = validate(parse(SMALL + "outcomes: [won, lost, won]\n"))
    after = validate(parse(SMALL + "outcomes: [open, won, lost, won]\n"))

    assert [finding.fingerprint for finding in before.findings] == [finding.fingerprint for finding in after.findings]


@rule("SLA994", "An edit", severity=Severity.ERROR, since="0.1", bad="", good="")
def edit(agreement: Agreement) -> Iterator[Problem]:
    at = At(("agreement",))
    yield Problem(at, say("a name"), because=(Because(At(("stages",))),), fixes=(Edit(at, "Ours", "Yours", safe=True),))


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        ("Ours", ("Ours", "Yours", True)),
        ('"Ours"', ('"Ours"', '"Yours"', True)),
        ("'Ours'", ("'Ours'", "'Yours'", True)),
        ("Theirs", ("Ours", "Yours", False)),
    ],
)
def test_an_edit_keeps_the_quotes_of_the_file_and_is_safe_only_where_the_old_words_stand(
    written: str, expected: tuple[str, str, bool]
) -> None:
    found = validate(parse(SMALL.replace("Our agreement", written)), catalogue=[edit])
    [fix] = found.findings[0].fixes

    assert expected == (fix.old, fix.new, fix.safe)


def test_a_draft_has_a_checklist_and_a_signed_agreement_warnings() -> None:
    draft = validate(parse(SMALL))
    signed = validate(parse(SMALL + "status: signed\n"))

    assert (10, 0) == (len(draft.checklist), sum(item.is_done for item in draft.checklist))
    assert ([], ()) == ([*draft.findings], signed.checklist)
    assert {"SLA801", "SLA802"} == {finding.code for finding in signed.findings}
    assert {Severity.WARNING} == {finding.severity for finding in signed.findings}


def test_the_checklist_counts_what_is_there() -> None:
    targets = "targets:\n  lead:\n    all:\n      2027-01: 10\n"
    meetings = "meetings:\n  weekly: {every: week, who: [sales], topics: [wins]}\n"
    found = validate(parse(SMALL + targets + meetings))

    assert 2 == sum(item.is_done for item in found.checklist)


def test_an_empty_section_is_reported_once() -> None:
    """That `stages` has no value also means that it is missing; one of the two is enough."""
    found = validate(parse("format: sla/v1\nagreement: Ours\nstages:\n"))

    assert ["SLA007"] == [finding.code for finding in found.findings]


def test_a_misspelt_word_is_not_missing_too() -> None:
    found = validate(parse(SMALL.replace("team: sales}", "teem: sales}", 1)))

    assert ["SLA020"] == [finding.code for finding in found.findings]


def test_the_reference_agreement_is_consistent() -> None:
    found = validate(read(FOLDER))

    assert [] == [(finding.code, finding.place) for finding in found.findings]
    assert {"--as-of"} == {rule.option for rule in found.skipped}
    assert {"stages": 6, "promises": 19, "fields": 26, "people": 10} == dict(found.counts)


def test_a_rule_about_holidays_is_skipped_where_their_package_is_missing(monkeypatch: pytest.MonkeyPatch) -> None:
    office = "  office: {timezone: Europe/Warsaw, days: Monday, hours: 24x7, holidays: {country: PL, region: X}}\n"
    text = f"{SMALL}working_time:\n{office}"
    there = validate(parse(text), date(2027, 3, 15))
    monkeypatch.setitem(sys.modules, "holidays", None)
    missing = validate(parse(text), date(2027, 3, 15))

    assert (["SLA115"], []) == ([finding.code for finding in there.findings], [*there.skipped])
    assert ([], ["SLA115"]) == ([*missing.findings], [skipped.code for skipped in missing.skipped])
