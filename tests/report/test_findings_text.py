"""Findings as people read them at a terminal: whole texts."""

from __future__ import annotations

from dataclasses import replace
from textwrap import dedent

import pytest

from checker.finding import (
    ChecklistItem,
    Finding,
    Findings,
    Place,
    PlacedBecause,
    PlacedChoice,
    PlacedEdit,
    Severity,
    Skipped,
)
from checker.language import words
from checker.message import Written, say
from checker.report.findings_text import findings_text
from checker.report.terminal import quote

COUNTS = {"stages": 6, "promises": 19, "fields": 1, "people": 10}


def place(file: str, line: int, piece: str, source: str) -> Place:
    column = source.index(piece) + 1
    return Place(file, line, column, column + len(piece), source)


TARGET = place("sla/targets.yaml", 12, "45", "      2027-01 to 2027-03: 45")
SELLER = place("sla/sellers.yaml", 7, "25%", "  edu: {starts: 2027-01-04, ramp: [25%, 50%]}")
LIMIT = place("sla/sellers.yaml", 19, "22 a month", "  handoffs: 22 a month   # each")

CONFLICT = Finding(
    code="SLA214",
    name="Sellers cannot take so many",
    severity=Severity.ERROR,
    message=say("January's sellers cannot take this many leads: {arrive} arrive, they take {most}", arrive=95, most=93),
    place=TARGET,
    note=say("you wrote this"),
    because=(PlacedBecause(SELLER, say("edu starts in January at 25%")), PlacedBecause(LIMIT, None)),
    follows=(say("475 leads"), say("38 opportunities")),
    choices=(
        PlacedChoice(
            say("keep 45 and change these lines too"),
            (
                PlacedEdit(SELLER, "25%", "32%", say("edu's January"), False),
                PlacedEdit(LIMIT, "22 a month", "23 a month", None, False),
            ),
        ),
        PlacedChoice(say("keep the sellers: at most 43 here"), (PlacedEdit(TARGET, "45", "43", None, False),)),
    ),
    fingerprint="a",
)


def text(*findings: Finding, skipped: tuple[Skipped, ...] = (), checklist: tuple[ChecklistItem, ...] = ()) -> str:
    report = Findings(findings, skipped=skipped, rules_run=42, checklist=checklist, counts=COUNTS)
    return findings_text(report, words("en"), "sla/")


def test_a_conflict_shows_the_line_the_other_lines_the_ways_out_and_what_follows() -> None:
    expected = dedent(
        """\
        sla/targets.yaml:12:27: error[SLA214] January's sellers cannot take this many leads: 95 arrive, they take 93

           12 |       2027-01 to 2027-03: 45
              |                           ^^ you wrote this
          sla/sellers.yaml:7:36    edu starts in January at 25%
          sla/sellers.yaml:19:13   handoffs: 22 a month   # each

           1. keep 45 and change these lines too
                sla/sellers.yaml:7:36    32% instead of 25% (edu's January)
                sla/sellers.yaml:19:13   23 a month instead of 22 a month
           2. keep the sellers: at most 43 here
           what follows: 475 leads; 38 opportunities
           why this rule: sla explain SLA214

        1 error, 0 warnings in sla/ (42 rules)
        """
    )

    assert expected == text(CONFLICT)


def test_the_page_of_a_rule_is_named_once() -> None:
    actual = text(CONFLICT, replace(CONFLICT, fingerprint="b"))

    assert 1 == actual.count("sla explain SLA214")
    assert actual.endswith("\n\n2 errors, 0 warnings in sla/ (42 rules)\n")


def test_what_one_edit_settles_is_told_in_one_line_each() -> None:
    other = Finding(
        "SLA206", "Plan", Severity.WARNING, say("46 are planned, 52 follow"), LIMIT, group="g", fingerprint="c"
    )
    head = replace(CONFLICT, because=(), choices=(), follows=(), group="g")
    expected = dedent(
        """\
           12 |       2027-01 to 2027-03: 45
              |                           ^^ you wrote this

           together with it:
          sla/sellers.yaml:19:13: warning[SLA206] 46 are planned, 52 follow

           why this rule: sla explain SLA214
           why this rule: sla explain SLA206

        1 error, 1 warning in sla/ (42 rules)
        """
    )

    assert expected == text(head, other).partition("\n\n")[2]
    assert "   settled together with it:\n" in text(replace(CONFLICT, group="g"), other)


def test_a_consistent_agreement_says_what_was_looked_at() -> None:
    assert "sla/ is consistent: 42 rules, no findings (6 stages, 19 promises, 1 field)\n" == text()


def test_rules_that_could_not_run_are_counted_by_reason() -> None:
    skipped = (
        Skipped("SLA201", "a", say("targets cannot be read yet")),
        Skipped("SLA202", "b", say("targets cannot be read yet")),
        Skipped("SLA701", "c", say("no day is given")),
    )
    expected = dedent(
        """\
        2 rules could not run: targets cannot be read yet
        1 rule could not run: no day is given

        sla/ is consistent: 42 rules, no findings (6 stages, 19 promises, 1 field)
        """
    )

    assert expected == text(skipped=skipped)


def test_rules_that_only_an_option_is_missing_for_are_counted_with_the_others() -> None:
    skipped = tuple(Skipped(f"SLA70{number}", "a", say("no day is given"), "--as-of") for number in (2, 3))

    assert "sla/ is consistent: 42 rules, 2 more with --as-of, no findings (6 stages, 19 promises, 1 field)\n" == text(
        skipped=skipped
    )


def test_a_draft_shows_what_it_has_and_what_it_needs() -> None:
    checklist = (
        ChecklistItem(say("targets"), True),
        ChecklistItem(say("joint meetings"), False),
        ChecklistItem(say("what sales promises"), True),
    )
    expected = dedent(
        """\
        a draft has 2 of the 3 things that an agreement needs
          [x] targets
          [ ] joint meetings
          [x] what sales promises

        sla/ is consistent: 42 rules, no findings (6 stages, 19 promises, 1 field)
        """
    )

    assert expected == text(checklist=checklist)


def test_notes_are_counted_where_there_are_some() -> None:
    note = replace(CONFLICT, severity=Severity.INFO)

    assert text(note).startswith("sla/targets.yaml:12:27: note[SLA214]")
    assert text(note).endswith("0 errors, 0 warnings, 1 note in sla/ (42 rules)\n")


def test_nothing_of_an_agreement_reaches_the_terminal_as_a_command() -> None:
    """Escape sequences, carriage returns and marks that turn the direction of writing round are shown as signs."""
    source = "  ana: \x1b[2J\u202eevil\x07"
    hostile = replace(
        CONFLICT,
        place=Place("sla/\x1b[31m.yaml", 1, 8, 12, source),
        message=say("{name} is odd", name=Written("\x1b]0;title\x07\n")),
        note=None,
        because=(),
        choices=(),
        follows=(),
    )
    actual = text(hostile)

    assert {"\n"} == {sign for sign in actual if not sign.isprintable()}
    assert "sla/�[31m.yaml:1:8: error[SLA214] �]0;title�  is odd" in actual


def test_colours_are_only_for_terminals_that_want_them() -> None:
    report = Findings((CONFLICT,), rules_run=1, counts=COUNTS)
    plain = findings_text(report, words("en"), "sla/")
    coloured = findings_text(report, words("en"), "sla/", has_colour=True)

    assert "\x1b" not in plain
    assert "\x1b[1;31merror[SLA214]\x1b[0m" in coloured


@pytest.mark.parametrize(
    ("line", "start", "end", "expected"),
    [
        ("  ana: Ana", 2, 5, ("  ana: Ana", 2, 3)),
        ("\tana: Ana", 1, 4, ("    ana: Ana", 4, 3)),
        ("  東京: [大阪, x]", 7, 9, ("  東京: [大阪, x]", 9, 4)),
        ("  e\u0301: x", 6, 7, ("  e\u0301: x", 5, 1)),
        ("ana:   ", 3, 4, ("ana:", 3, 1)),
        ("", 0, 1, ("", 0, 1)),
    ],
)
def test_the_mark_stands_under_the_piece_whatever_its_letters(
    line: str, start: int, end: int, expected: tuple[str, int, int]
) -> None:
    shown = quote(line, start, end)

    assert expected == (shown.text, shown.start, shown.columns)


def test_a_long_line_is_cut_around_the_piece() -> None:
    line = "why: " + "a" * 300 + " HERE " + "b" * 300
    start = line.index("HERE")
    shown = quote(line, start, start + 4, most=60)

    assert len(shown.text) <= 60
    assert shown.text.startswith("…a")
    assert shown.text.endswith("b…")
    assert "HERE" == shown.text[shown.start : shown.start + shown.columns]
