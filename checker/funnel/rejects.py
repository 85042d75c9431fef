"""Rows that were kept out, with file, line and reason; and the end of the reading where they are too many."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from fractions import Fraction

from checker.agreement.source import Source
from checker.errors import UnreadableInput
from checker.finding import At
from checker.funnel.engine import Engine, Row
from checker.funnel.file_rows import EXAMPLES, FILE, LINE, MISFIT, MISFIT_CELL, ROW, FileRows
from checker.funnel.nodes import Node, both, column, is_known, is_null, number, select, table, truth
from checker.funnel.reading_plan import LEAD_ID, Plan
from checker.funnel.repeats import SHOWN, Repeats
from checker.language import from_json, to_json, words
from checker.message import Message, Written, say
from checker.quantity import Share
from checker.verdict import Reject, Said

_DEFAULT_SHARE = Share(Fraction(1, 100))
_SAID_TWICE = say("an earlier line says just the same")
_LONGEST = 60
"""Of a longer cell, only the beginning is shown."""


def repeated(rows: FileRows, repeats: Mapping[str, Repeats]) -> int:
    """How many rows of a file say something a second time."""
    return repeats[rows.name].count if rows.name in repeats else 0


def kept_out(rows: FileRows, repeats: Mapping[str, Repeats]) -> int:
    """How many rows of a file are not used."""
    return rows.misread + rows.misfits + rows.nameless + repeated(rows, repeats)


def unreadable(rows: FileRows, repeats: Mapping[str, Repeats]) -> int:
    """How many rows of a file count towards the share that may be so: nothing is lost with a repeated line of a log."""
    return kept_out(rows, repeats) - (repeated(rows, repeats) if rows.plan.is_log else 0)


def rejects_of(engine: Engine, plan: Plan, rows: FileRows, repeats: Mapping[str, Repeats]) -> list[Reject]:
    """The first rows of a file that were kept out, at most 20 of each kind, in the order of their lines."""
    found = [_reject(file, misread.line, misread.reason) for file, misread in rows.misread_examples]
    if rows.misfits:
        found += _misfits(engine, rows)
    if rows.nameless:
        found += _nameless(engine, rows)
    if rows.name in repeats:
        found += _repeats(engine, plan, rows, repeats[rows.name])
    return sorted(found, key=lambda reject: (reject.file, reject.line or 0))


def check_share(source: Source, rows: FileRows, count: int, rejects: list[Reject]) -> None:
    """Raises UnreadableInput where more rows of a file were kept out than the source allows (1% if it says nothing)."""
    allowed = source.rejects or _DEFAULT_SHARE
    if not count or Fraction(count, rows.rows) <= allowed.value:
        return
    first = next(reject for reject in rejects if reject.said != Said(**to_json(_SAID_TWICE)))
    assert first.said is not None, "every reject says why as data"
    reason = from_json(first.said.model_dump(exclude_none=True))
    raise UnreadableInput(
        say(
            "{file}: {count} of {rows} rows cannot be used, and at most {share} may be so. The first is line {line}: "
            "{reason}",
            file=first.file,
            count=count,
            rows=rows.rows,
            share=allowed,
            line=str(first.line),
            reason=_with_cell(first, reason),
        ),
        at=At(("source", "files", rows.plan.name)),
    )


def _with_cell(reject: Reject, reason: Message) -> Message:
    """A reason with the cell that it is about."""
    if reject.column is None:
        return reason
    if reject.text is None:
        return say("{reason} (column {column})", reason=reason, column=Written(reject.column))
    return say(
        "{reason} (column {column}: {text})", reason=reason, column=Written(reject.column), text=Written(reject.text)
    )


def _reject(file: str, line: int, reason: Message, heading: str | None = None, cell: str | None = None) -> Reject:
    shown = cell if cell is None or len(cell) <= _LONGEST else cell[:_LONGEST] + "…"
    return Reject(
        file=file, line=line, column=heading, text=shown, reason=words("en").say(reason), said=Said(**to_json(reason))
    )


def _misfits(engine: Engine, rows: FileRows) -> Iterator[Reject]:
    columns = [FILE, LINE, MISFIT, MISFIT_CELL]
    for file, line, misfit, cell in _first(engine, rows.name, columns, is_known(column(MISFIT))):
        reading = rows.readings[misfit]
        yield _reject(file, line, say("expected {expected}", expected=reading.expected), reading.heading.name, cell)


def _nameless(engine: Engine, rows: FileRows) -> Iterator[Reject]:
    """Rows with a blank where they may not have one."""
    is_sound = is_null(column(MISFIT)) if rows.can_misfit else truth(True)
    headings = {reading.name: reading.heading.name for reading in rows.readings}
    columns = [FILE, LINE, *rows.plan.needed]
    for file, line, *cells in _first(engine, rows.name, columns, both([rows.lacks(), is_sound])):
        name = next(name for name, cell in zip(rows.plan.needed, cells, strict=True) if cell is None)
        reason = say("the row has no id of a lead")
        if name != LEAD_ID:
            reason = say("there is nothing in {column}", column=Written(headings[name]))
        yield _reject(file, line, reason, headings[name])


def _repeats(engine: Engine, plan: Plan, rows: FileRows, repeats: Repeats) -> Iterator[Reject]:
    is_of_leads = not rows.plan.joined_on
    (of_id,) = [reading for reading in rows.readings if reading.name == LEAD_ID] if is_of_leads else [plan.lead_id]
    heading = of_id.heading.name if is_of_leads else rows.plan.joined_on[0].heading.name
    if rows.plan.is_log:
        reason = _SAID_TWICE
    elif is_of_leads:
        reason = say(
            "an earlier row has the same id; if each row is an event of a lead, say so with {line} under {file}",
            line=Written("each_row: is an event"),
            file=Written(f"files: {rows.plan.name}:"),
        )
    elif rows.plan.has_one_row:
        reason = say("an earlier row belongs to the same lead, and {rule} is declared", rule=Written("at_most: one"))
    else:
        reason = say(
            "an earlier row belongs to the same lead; if each row is an event, say so with {line} under {file}",
            line=Written("each_row: is an event"),
            file=Written(f"files: {rows.plan.name}:"),
        )
    for file, line, shown in _first(engine, repeats.table, [FILE, LINE, SHOWN], truth(True)):
        yield _reject(file, line, reason, heading, shown)


def _first(engine: Engine, name: str, columns: list[str], where: Node) -> list[Row]:
    """The first rows of a table, in the order of reading."""
    statement = select(map(column, columns), table(name), where).order_by(column(ROW), copy=False)
    return engine.rows(statement.limit(number(EXAMPLES), copy=False))
