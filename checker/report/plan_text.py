"""A plan for people at a terminal."""

from __future__ import annotations

from collections.abc import Iterator

from checker.report.plan_words import PlanWords, Table
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
    for table in (words.by_month(), *words.by_channel()):
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


def _table(table: Table, paint: Paint) -> Iterator[str]:
    rows = [(table.title, *table.headings), *table.rows]
    texts = [[printable(cell) for cell in row] for row in rows]
    widths = [max(width(row[column]) for row in texts) for column in range(len(texts[0]))]
    for number, row in enumerate(texts):
        first = row[0] + " " * (widths[0] - width(row[0]))
        others = [" " * (most - width(cell)) + cell for cell, most in zip(row[1:], widths[1:], strict=True)]
        line = "  ".join([first, *others])
        yield paint(line, Style.STRONG) if number in (0, len(texts) - 1) else line
