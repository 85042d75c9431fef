"""A plan as Markdown, for an issue, a pull request or a page."""

from __future__ import annotations

from collections.abc import Iterator

from checker.report.markdown_parts import fold, items
from checker.report.markdown_text import code_block, code_span, markdown_text
from checker.report.plan_measured_words import Table
from checker.report.plan_words import PlanWords
from checker.report.terminal import printable


def plan_markdown(words: PlanWords, *, is_written: bool) -> str:
    """The plan by month, what stands in its way; folded: channels, and the lines that change."""
    return "\n\n".join(_parts(words, is_written=is_written)) + "\n"


def _parts(words: PlanWords, *, is_written: bool) -> Iterator[str]:
    planned = words.planned
    yield f"## {markdown_text(words.title())}"
    yield " ".join(markdown_text(remark) for remark in words.remarks())
    verdict = words.verdict()
    if verdict:
        yield f"**{markdown_text(verdict)}**"
        yield items([markdown_text(told) for told in words.binding()])
    yield _table(words.by_month())
    if words.measured is not None:
        yield f"**{markdown_text(words.measured.title())}**"
        yield items([markdown_text(remark) for remark in words.measured.remarks()])
        yield from (_table(table) for table in words.measured.tables())
    by_day = words.by_day()
    for table in (*words.by_channel(), *([by_day] if by_day else [])):
        yield fold(markdown_text(table.title), _table(table))
    if planned.problems:
        yield items(
            [f"**{finding.code}** {markdown_text(words.words.say(finding.message))}" for finding in planned.problems]
        )
    for change in planned.changes:
        lines = [*(f"- {printable(line)}" for line in change.old), *(f"+ {printable(line)}" for line in change.new)]
        yield fold(f"{code_span(change.file)} {change.line}", code_block(lines))
    yield markdown_text(words.ending(is_written=is_written))


def _table(table: Table) -> str:
    head = [table.title, *table.headings]
    rows = [head, ["---", *("---:" for _ in table.headings)], *table.rows]
    return "\n".join(
        "| " + " | ".join(cell if number == 1 else markdown_text(cell) for cell in row) + " |"
        for number, row in enumerate(rows)
    )
