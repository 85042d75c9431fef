"""Rows that were kept out, with file, line and reason; and the end of the reading where they are too many."""

from __future__ import annotations

import sys
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction

from checker.agreement.source import Source
from checker.errors import UnreadableInput
from checker.finding import At
from checker.funnel.csv_rows import csv_files
from checker.funnel.engine import Engine, Row
from checker.funnel.file_rows import EXAMPLES, FILE, LINE, MISFIT, MISFIT_CELL, ROW, FileRows
from checker.funnel.nodes import Node, both, column, is_known, is_null, number, select, table, truth
from checker.funnel.reading_plan import LEAD_ID, Plan
from checker.funnel.repeats import SHOWN, Repeats
from checker.language import from_json, to_json, words
from checker.message import Message, Written, say
from checker.quantity import Share
from checker.record import Said
from checker.verdict import Reject

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


@dataclass(frozen=True, slots=True)
class Shown:
    """How many rows of each kind are shown (None: all), the longest text of a cell, and whether personal data is."""

    at_most: int | None = EXAMPLES
    longest: int | None = _LONGEST
    is_personal_shown: bool = False


def rejects_of(
    engine: Engine, plan: Plan, rows: FileRows, repeats: Mapping[str, Repeats], shown: Shown = Shown()
) -> list[Reject]:
    """The rows of a file that were kept out, in the order of their lines."""
    asked = _Asked(engine, plan, rows, shown)
    found = list(asked.misread())
    if rows.misfits:
        found += asked.misfits()
    if rows.nameless:
        found += asked.nameless()
    if rows.name in repeats:
        found += asked.repeats(repeats[rows.name])
    return sorted(found, key=lambda reject: (reject.file, reject.line or 0))


def all_rejects(
    engine: Engine, plan: Plan, files: Sequence[FileRows], repeats: Mapping[str, Repeats], with_personal_data: bool
) -> list[Reject]:
    """Every row of all files that was kept out, once for each reason, with the whole text of its cell."""
    shown = Shown(None, None, with_personal_data)
    found: dict[tuple[str, int | None, str | None, str], Reject] = {}
    for rows in files:
        for reject in rejects_of(engine, plan, rows, repeats, shown):
            found.setdefault((reject.file, reject.line, reject.column, reject.reason), reject)
    return list(found.values())


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


class _Asked:
    """Asks for the rows of one file that were kept out."""

    def __init__(self, engine: Engine, plan: Plan, rows: FileRows, shown: Shown) -> None:
        self._engine = engine
        self._plan = plan
        self._rows = rows
        self._shown = shown

    def misread(self) -> Iterator[Reject]:
        """Lines that are no rows. Where more are wanted than were kept, the file is read once more."""
        examples = self._rows.misread_examples
        if self._shown.at_most is None and self._rows.misread > len(examples):
            examples = [
                (file.label, misread)
                for file in csv_files(self._rows.located)
                for misread in file.copy([], _Nowhere(), sys.maxsize).examples
            ]
        for file, misread in examples:
            yield self._reject(file, misread.line, misread.reason)

    def misfits(self) -> Iterator[Reject]:
        """Rows with a cell that cannot be read."""
        columns = [FILE, LINE, MISFIT, MISFIT_CELL]
        # a column that holds personal data for one field holds it for all that read it
        personal = {reading.heading for reading in self._rows.readings if reading.is_personal}
        for file, line, misfit, cell in self._first(self._rows.name, columns, is_known(column(MISFIT))):
            reading = self._rows.readings[misfit]
            expected = say("expected {expected}", expected=reading.expected)
            yield self._reject(file, line, expected, reading.heading.name, cell, reading.heading in personal)

    def nameless(self) -> Iterator[Reject]:
        """Rows with a blank where they may not have one."""
        rows = self._rows
        is_sound = is_null(column(MISFIT)) if rows.can_misfit else truth(True)
        headings = {reading.name: reading.heading.name for reading in rows.readings}
        columns = [FILE, LINE, *rows.plan.needed]
        for file, line, *cells in self._first(rows.name, columns, both([rows.lacks(), is_sound])):
            name = next(name for name, cell in zip(rows.plan.needed, cells, strict=True) if cell is None)
            reason = say("the row has no id of a lead")
            if name != LEAD_ID:
                reason = say("there is nothing in {column}", column=Written(headings[name]))
            yield self._reject(file, line, reason, headings[name])

    def repeats(self, repeats: Repeats) -> Iterator[Reject]:
        """Rows that say something a second time."""
        rows, plan = self._rows, self._plan
        is_of_leads = not rows.plan.joined_on
        (of_id,) = [reading for reading in rows.readings if reading.name == LEAD_ID] if is_of_leads else [plan.lead_id]
        heading = of_id.heading.name if is_of_leads else rows.plan.joined_on[0].heading.name
        reason = self._reason_of_repeats(is_of_leads)
        for file, line, shown in self._first(repeats.table, [FILE, LINE, SHOWN], truth(True)):
            yield self._reject(file, line, reason, heading, shown)

    def _reason_of_repeats(self, is_of_leads: bool) -> Message:
        plan = self._rows.plan
        if plan.is_log:
            return _SAID_TWICE
        if is_of_leads:
            return say(
                "an earlier row has the same id; if each row is an event of a lead, say so with {line} under {file}",
                line=Written("each_row: is an event"),
                file=Written(f"files: {plan.name}:"),
            )
        if plan.has_one_row:
            return say("an earlier row belongs to the same lead, and {rule} is declared", rule=Written("at_most: one"))
        return say(
            "an earlier row belongs to the same lead; if each row is an event, say so with {line} under {file}",
            line=Written("each_row: is an event"),
            file=Written(f"files: {plan.name}:"),
        )

    def _first(self, name: str, columns: list[str], where: Node) -> list[Row]:
        """The first rows of a table, in the order of reading."""
        statement = select(map(column, columns), table(name), where).order_by(column(ROW), copy=False)
        if self._shown.at_most is not None:
            statement = statement.limit(number(self._shown.at_most), copy=False)
        return self._engine.rows(statement)

    def _reject(
        self,
        file: str,
        line: int,
        reason: Message,
        heading: str | None = None,
        cell: str | None = None,
        is_personal: bool = False,
    ) -> Reject:
        shown, longest = cell, self._shown.longest
        # an address may stand in any column, be it only that of a row whose cells have slipped
        if cell is not None and (is_personal or "@" in cell) and not self._shown.is_personal_shown:
            shown = None
        elif cell is not None and longest is not None and len(cell) > longest:
            shown = cell[:longest] + "…"
        said = Said(**to_json(reason))
        return Reject(file=file, line=line, column=heading, text=shown, reason=words("en").say(reason), said=said)


class _Nowhere:
    """Takes rows that nobody wants."""

    def writerow(self, row: Sequence[object], /) -> object:
        """Forgets a row."""
        return None
