"""Waivers: remarks that are read as one, those that only look like one, and everything that is none."""

from __future__ import annotations

from datetime import date
from time import process_time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from checker.language import words
from checker.text import parse
from tests.text.applying import mended, spot, told

WAIVER = "# sla: waive[SLA301] until 2026-12-31 the new CRM field comes in December"
REASON = "the new CRM field comes in December"


def waived(text: str) -> list[tuple[str, int]]:
    """Code and line spoken of, of everything that a text waives."""
    return [(item.code, item.line) for item in parse(text).waivers]


def reasons(remark: str) -> list[tuple[str, date, str]]:
    return [(item.code, item.waiver.until, item.waiver.reason) for item in parse(f"a: 1 {remark}\n").waivers]


@pytest.mark.parametrize(
    ("remark", "codes", "reason"),
    [
        (WAIVER, ["SLA301"], REASON),
        ("# sla: waive[SLA301, SLA305] until 2026-12-31 both of them", ["SLA301", "SLA305"], "both of them"),
        ("# sla: waive[SLA301 SLA305] until 2026-12-31 both of them", ["SLA301", "SLA305"], "both of them"),
        ("# SLA: Waive[sla301] until 2026-12-31: with a colon", ["SLA301"], "with a colon"),
        ("# sla: waive[SLA301] until 2026-12-31 - with a dash", ["SLA301"], "with a dash"),
        ("##  sla:  waive[ SLA301 ]  until  2026-12-31  with spaces", ["SLA301"], "with spaces"),
        (f"# our own remark {WAIVER}", ["SLA301"], REASON),
        ("# sla: waive[SLA301] until 2026-12-31 a reason # our own remark", ["SLA301"], "a reason"),
        ("# sla: waive[SLA301] until 2026-12-31 call #5 comes first", ["SLA301"], "call #5 comes first"),
        ("# sla: waive[SLA301] until 2026-12-31 até a próxima reunião", ["SLA301"], "até a próxima reunião"),
        ("# sla: waive[whatever] until 2026-12-31 codes are for the rules to know", ["WHATEVER"], None),
    ],
)
def test_a_waiver_names_rules_a_day_and_a_reason(remark: str, codes: list[str], reason: str | None) -> None:
    document = parse(f"a: 1 {remark}\n")

    assert codes == [item.code for item in document.waivers]
    assert {date(2026, 12, 31)} == {item.waiver.until for item in document.waivers}
    assert {reason or "codes are for the rules to know"} == {item.waiver.reason for item in document.waivers}
    assert () == document.problems


def test_two_waivers_may_stand_behind_each_other() -> None:
    both = "# sla: waive[SLA1] until 2026-12-31 one # sla: waive[SLA2] until 2027-01-31 two"

    assert [("SLA1", date(2026, 12, 31), "one"), ("SLA2", date(2027, 1, 31), "two")] == reasons(both)


@pytest.mark.parametrize(
    ("text", "line"),
    [
        (f"a: 1 {WAIVER}\n", 1),
        (f"{WAIVER}\na: 1\n", 2),
        (f"a:\n  {WAIVER}\n  # why this is so\n\n  b: 1\n", 4),
        (f"a:\n  {WAIVER}\n  # why this is so\n  b: 1\n", 4),
        (f"a: 1\r\nb: 2 {WAIVER}\r\n", 2),
        (f"a: |  {WAIVER}\n  text\n", 1),
        (f"a: |\n  text\n{WAIVER}\nb: 1\n", 4),
        (f"a: {{b: 'x # y', {WAIVER}\n  c: 2}}\n", 1),
        (f"a:\n  - 1\n  {WAIVER}\n  - 2\n", 4),
        (f'a: "text {WAIVER}\n  goes on" {WAIVER}\n', 2),
    ],
)
def test_a_waiver_speaks_of_its_line_or_of_the_one_below(text: str, line: int) -> None:
    """A remark on a line of its own belongs to the next line that is no remark; an empty line is such a line."""
    assert [("SLA301", line)] == waived(text)


@pytest.mark.parametrize(
    "text",
    [
        f'a: "text {WAIVER}"\n',
        f"a: 'text {WAIVER}'\n",
        f"a: |\n  {WAIVER}\n  more\n",
        f"a: >-\n  text\n\n  {WAIVER}\nb: 1\n",
        f'a: [1, "x {WAIVER}", 2]\n',
    ],
)
def test_a_text_is_no_remark(text: str) -> None:
    document = parse(text)

    assert ((), ()) == (document.waivers, document.problems)


@pytest.mark.parametrize(
    "remark",
    [
        "# SLA301",
        "# because",
        "# SLA: 4 business hours",
        "# sla: wait for the new field",
        "# sla: all of this was agreed in May",
        "# the finding (SLA301) is known",
        "# we waived SLA301 here",
        "# see SLA301 and SLA305",
        "# noqa: E501",
    ],
)
def test_prose_is_no_waiver(remark: str) -> None:
    document = parse(f"a: 1 {remark}\n")

    assert ((), ()) == (document.waivers, document.problems)


@pytest.mark.parametrize(
    "remark",
    [
        "# sla: waiv[SLA301] until 2026-12-31 {}",
        "# sla: wiave[SLA301] until 2026-12-31 {}",
        "# sla: waived[SLA301] until 2026-12-31 {}",
        "# sla: waiver[SLA301] until 2026-12-31 {}",
        "# sla: ignore[SLA301] until 2026-12-31 {}",
        "# sla:waive[SLA301] until 2026-12-31 {}",
        "#sla: waive[SLA301] until 2026-12-31 {}",
        "#sla:waive[SLA301] until 2026-12-31 {}",
        "# sla waive[SLA301] until 2026-12-31 {}",
        "# sla; waive[SLA301] until 2026-12-31 {}",
        "# slq: waive[SLA301] until 2026-12-31 {}",
        "# waive[SLA301] until 2026-12-31 {}",
        "# waive SLA301 until 2026-12-31 {}",
        "# sla: SLA301 until 2026-12-31 {}",
        "# sla: waive SLA301 until 2026-12-31 {}",
        "# sla: waive [SLA301] until 2026-12-31 {}",
        "# sla: waive(SLA301) until 2026-12-31 {}",
        "# sla: waive[SLA301 until 2026-12-31 {}",
        "# sla: waive[SLA301] 2026-12-31 {}",
        "# sla: waive[SLA301] by 2026-12-31 {}",
        "# sla: waive[SLA301] till 2026-12-31 {}",
    ],
)
def test_a_slip_of_the_pen_is_told_and_mended(remark: str) -> None:
    """All that is needed is there: the safe fix writes it as it counts."""
    text = f"a: 1 {remark.format(REASON)}\n"
    document = parse(text)
    (problem,) = document.problems
    after = mended(text)

    assert ("waiver", 1) == (problem.kind, spot(problem.at).line)
    assert () == document.waivers
    assert f"a: 1 {WAIVER}\n" == after.text("agreement.yaml")
    assert [("SLA301", 1)] == [(item.code, item.line) for item in after.waivers]


@pytest.mark.parametrize(
    ("remark", "message", "note"),
    [
        (
            "# sla: waive[SLA301]",
            "a waiver needs the last day on which it holds, behind its brackets",
            "write # sla: waive[SLA301] until 2026-12-31 and the reason",
        ),
        (
            f"# sla: waive[SLA301] {REASON}",
            "a waiver needs the last day on which it holds, behind its brackets",
            f"write {WAIVER}",
        ),
        (
            "# sla: waive[SLA301] until 2027-03-01",
            "a waiver needs a reason, for those who read it later: write it behind the date",
            "write # sla: waive[SLA301] until 2027-03-01 and the reason",
        ),
        (
            f"# sla: waive[SLA301] until 31/12/2026 {REASON}",
            "31/12/2026 is no date: write year, month and day, as in 2026-12-31",
            f"write {WAIVER}",
        ),
        (f"# sla: waive[SLA301] until 2026-02-30 {REASON}", "2026-02-30 is on no calendar", f"write {WAIVER}"),
        (f"# sla: waive[SLA301] until 2026-13-01 {REASON}", "2026-13-01 is on no calendar", f"write {WAIVER}"),
        (
            f"# sla: waive[] until 2026-12-31 {REASON}",
            "a waiver names the rules that it waives, in its brackets",
            f"write {WAIVER}",
        ),
        (
            "# sla: waive",
            "this looks like a waiver, but does not count as one",
            "write # sla: waive[SLA301] until 2026-12-31 and the reason",
        ),
        (
            "# sla: waiv[SLA305]",
            "this looks like a waiver, but does not count as one",
            "write # sla: waive[SLA305] until 2026-12-31 and the reason",
        ),
    ],
)
def test_what_a_waiver_lacks_is_told_with_what_to_write(remark: str, message: str, note: str) -> None:
    document = parse(f"a: 1 {remark}\n")
    (problem,) = document.problems

    assert (message, note) == (words().say(problem.message), problem.note and words().say(problem.note))
    assert ((), ()) == (document.waivers, problem.fixes)


def test_a_wrong_date_is_marked_itself() -> None:
    document = parse("a: 1 # sla: waive[SLA301] until 2026-02-30 why\n")

    assert [("waiver", 1, 33)] == told(document)


def test_a_waiver_that_touches_its_sign_is_not_taken_for_a_lost_text() -> None:
    """`#sla:` behind a value has one finding, that of the waiver."""
    assert [("waiver", 1, 6)] == told(parse("a: x #sla: waive[SLA301] until 2026-12-31 why\n"))
    assert ["lost-comment"] == [kind for kind, _, _ in told(parse("a: x #slab of ice\n"))]


TAILS = st.text(st.sampled_from("#slaSLA:[] waive301until2026-12-31 \t,"), max_size=60)


@given(TAILS)
def test_any_remark_is_read_or_told_and_its_fix_counts(tail: str) -> None:
    """Whatever stands behind a # never harms the value before it; what is fixed is no slip any more."""
    document = parse(f"a: 1 # {tail}\n")

    assert {"a": 1} == document.values
    for problem in document.problems:
        assert "waiver" == problem.kind
        if problem.fixes:
            assert "waiver" not in [other.kind for other in mended(f"a: 1 # {tail}\n").problems]


@pytest.mark.parametrize(
    "text",
    [
        "a: 1 " + "# sla " * 200_000,
        "a: [" + ", ".join('"x # sla: waive[SLA1]"' for _ in range(20_000)) + "]",
        "a: 1 # sla" + " " * 200_000 + "x",
        "a: 1 # sla: " + "w" * 200_000,
        "# " + "sla[" * 200_000,
        "a: 1\n" + "# sla: waive[SLA301]\n" * 20_000,
    ],
)
def test_hostile_remarks_cost_no_more_than_their_length(text: str) -> None:
    start = process_time()
    parse(text)

    assert process_time() - start < 5
