"""A plan for people at a terminal."""

from __future__ import annotations

from collections.abc import Iterator

from checker.report.plan_measured_words import MeasuredWords, Table
from checker.report.plan_words import PlanWords
from checker.report.terminal import Paint, Style, printable, width


def plan_text(words: PlanWords, *, is_written: bool, has_colour: bool = False) -> str:
    """Goal, numbers by month and channel, what stands in the way, and the lines that change."""
    paint = Paint(has_colour)
    return "\n".join(_lines(words, paint, is_written=is_written)) + "\n"


def _lines(words: PlanWords, paint: Paint, *, is_written: bool) -> Iterator[str]:
    planned = words.planned
    yield paint(printable(words.title()), Style.STRONG)
    yield from map(printable, words.remarks())
    verdict = words.verdict()
    if verdict:
        yield ""
        yield paint(printable(verdict), Style.ERROR)
        for told in words.binding():
            yield f"  - {printable(told)}"
    if words.measured is not None:
        yield ""
        yield from measured_lines(words.measured, paint)
    by_day = words.by_day()
    for table in (words.by_month(), *words.by_channel(), *([by_day] if by_day else [])):
        yield ""
        yield from _table(table, paint)
    for finding in planned.problems:
        yield ""
        yield (
            paint(f"{finding.severity}[{finding.code}]", Style.ERROR)
            + f" {printable(words.words.say(finding.message))}"
        )
    for change in planned.changes:
        yield ""
        yield paint(f"{printable(change.file)}:{change.line}", Style.QUIET)
        yield from (f"  - {printable(line)}" for line in change.old)
        yield from (f"  + {printable(line)}" for line in change.new)
    yield ""
    yield words.ending(is_written=is_written)


def measured_lines(measured: MeasuredWords, paint: Paint) -> Iterator[str]:
    """What the past says."""
    yield paint(printable(measured.title()), Style.STRONG)
    yield from (f"  - {printable(remark)}" for remark in measured.remarks())
    for table in measured.tables():
        yield ""
        yield from _table(table, paint)


def measured_text(measured: MeasuredWords, *, has_colour: bool = False) -> str:
    """What the past says, where no plan can be made of it."""
    return "\n".join(measured_lines(measured, Paint(has_colour))) + "\n"


def _table(table: Table, paint: Paint) -> Iterator[str]:
    rows = [(table.title, *table.headings), *table.rows]
    texts = [[printable(cell) for cell in row] for row in rows]
    widths = [max(width(row[column]) for row in texts) for column in range(len(texts[0]))]
    for number, row in enumerate(texts):
        first = row[0] + " " * (widths[0] - width(row[0]))
        others = [" " * (most - width(cell)) + cell for cell, most in zip(row[1:], widths[1:], strict=True)]
        line = "  ".join([first, *others])
        yield paint(line, Style.STRONG) if number == 0 or (table.has_total and number == len(texts) - 1) else line
