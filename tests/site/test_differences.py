"""The parts of the pages that a change changes, read from the pages before and after."""

from __future__ import annotations

from pathlib import Path

from checker.agreement import build
from checker.report.page_words import PagePart
from checker.site.differences import page_differences
from checker.text import Document, read
from tests.reference import FOLDER, edited_reference


def parts(folder: Path, *edits: tuple[str, str, str]) -> tuple[PagePart, ...]:
    """What differs on the pages of the reference agreement after some edits."""
    edited_reference(folder, *edits)
    old, new = read(FOLDER), read(folder / "sla")
    return page_differences(_built(old), _built(new), old, new, "en")


def _built(document: Document):
    return build(document.values, document.problems, document.unread)


def test_a_criterion_is_its_sentence_before_and_after(tmp_path: Path) -> None:
    found = parts(tmp_path, ("stages.yaml", "points: at least 30", "points: at least 20"))

    assert (
        PagePart(
            "Qualification",
            "Marketing qualified lead (MQL)",
            (),
            ((("the lead has at least 30 points",), ("the lead has at least 20 points",)),),
        ),
    ) == found


def test_a_deadline_is_its_line_of_the_ladder(tmp_path: Path) -> None:
    found = parts(tmp_path, ("promises.yaml", "time: 4 business hours", "time: 2 business hours"))
    [ladder] = [part for part in found if part.heading == "By when"]
    [(before, after)] = ladder.lines

    assert {"Contact every new MQL in person"} == {part.page for part in found}
    assert ("Leads", "Within", "Target") == ladder.head
    assert ("4 business hours", "2 business hours") == (before[1] if before else "", after[1] if after else "")


def test_a_target_is_told_by_month_and_by_channel(tmp_path: Path) -> None:
    """45 instead of 30 from one channel is 95 instead of 80 from all, in three months and in no other."""
    found = parts(tmp_path, ("targets.yaml", "2027-01 to 2027-03: 30", "2027-01 to 2027-03: 45"))
    [channels] = [part for part in found if part.heading == "MQL by channel"]

    assert (
        (
            ("Articles and search", "30", "30", "30", "40", "40", "40"),
            ("Articles and search", "45", "45", "45", "40", "40", "40"),
        ),
        (
            ("All channels", "80", "80", "80", "100", "100", "100"),
            ("All channels", "95", "95", "95", "100", "100", "100"),
        ),
    ) == channels.lines


def test_what_two_pages_show_is_told_once(tmp_path: Path) -> None:
    """A channel's targets by the page of targets, the ideal customer's criteria by that of the criteria."""
    target = parts(tmp_path / "a", ("targets.yaml", "2027-01 to 2027-03: 30", "2027-01 to 2027-03: 45"))
    criterion = parts(tmp_path / "b", ("stages.yaml", "employees: 50 to 2000", "employees: 60 to 2000"))
    budget = parts(tmp_path / "c", ("channels.yaml", "R$ 20000 a month", "R$ 25000 a month"))

    assert {"Funnel and targets"} == {part.page for part in target}
    assert {"Qualification"} == {part.page for part in criterion}
    assert [("Channels", "Search ads")] == [(part.page, part.heading) for part in budget]


def test_a_remark_changes_no_page(tmp_path: Path) -> None:
    """Though all lines below it move."""
    remark = "# What each month must bring"

    assert () == parts(tmp_path, ("targets.yaml", remark, f"# Read with care.\n{remark}"))
