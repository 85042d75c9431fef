"""What was found in an export, for people at a terminal: the section to paste, the quality of the data, what it is
good for.
"""

from __future__ import annotations

import shlex
from collections.abc import Iterator, Mapping, Sequence
from fractions import Fraction
from pathlib import PurePath
from typing import TYPE_CHECKING

from checker.funnel.presets.preset import preset
from checker.inspection.columns import ExportColumn
from checker.inspection.export_file import ExportFile
from checker.language import from_json
from checker.message import Message, Written, all_of, say, say_counted
from checker.quantity import Share
from checker.report.section_text import section_text
from checker.report.terminal import Paint, Style, printable, width
from checker.report.unlocking import unlocks

if TYPE_CHECKING:
    from checker.inspection.inspected import Inspected
    from checker.inspection.proposal import Awaited
    from checker.language import Words

MOST_SHOWN = 40
"""Of a wider file, the columns that the section uses come first."""
_NAME = 34
_BLANK = "blank"
_KINDS = {
    "date": say("dates"),
    "number": say("numbers"),
    "yes or no": say("yes or no"),
    "text": say("texts"),
    "blank": say("nothing"),
}


def inspection_text(
    inspected: Inspected, words: Words, *, has_colour: bool = False, with_section: bool = True, with_doubts: bool = True
) -> str:
    """The page; without the section where that went into a file of its own, and without the number of its doubts where
    they are counted with others.
    """
    return _Page(inspected, words, Paint(has_colour)).whole(with_section, with_doubts)


class _Page:
    def __init__(self, inspected: Inspected, words: Words, paint: Paint) -> None:
        self._inspected = inspected
        self._words = words
        self._paint = paint

    def whole(self, with_section: bool, with_doubts: bool) -> str:
        blocks = [[section_text(self._inspected.proposal, self._words).rstrip("\n")]] if with_section else []
        blocks.append([*([self._doubts(with_section)] if with_doubts else []), *self._unread_dates()])
        blocks += [list(self._file(file)) for file in self._inspected.proposal.files]
        blocks.append(list(self._read_by_it()))
        blocks.append(list(self._judged()))
        return "\n\n".join("\n".join(block) for block in blocks if block) + "\n"

    def _say(self, message: Message) -> str:
        return printable(self._words.say(message))

    def _doubts(self, are_above: bool) -> str:
        count = self._inspected.proposal.doubts
        if not count:
            return self._say(say("Nothing in the section is doubtful."))
        if not are_above:
            return self._say(
                say_counted(
                    "The source section has {count} doubt, marked {mark}: decide it, then take the mark out.",
                    "The source section has {count} doubts, marked {mark}: decide each, then take the marks out.",
                    count=count,
                    mark=Written("# ?"),
                )
            )
        return self._say(
            say_counted(
                "{count} line above is a doubt, marked {mark}: decide it, then take the mark out.",
                "{count} lines above are doubts, marked {mark}: decide each, then take the marks out.",
                count=count,
                mark=Written("# ?"),
            )
        )

    def _unread_dates(self) -> Iterator[str]:
        """Columns of dates that the section leaves out: each may be an event. What a known system's columns are for is
        known without the section naming them.
        """
        proposal = self._inspected.proposal
        if proposal.system is not None or proposal.awaited is not None:
            return
        named = set(_texts_in(proposal.values))
        unread = [
            column.name
            for file in proposal.files
            for column in file.columns
            if column.kind == "date" and column.name and not {column.name, f"{file.name}.{column.name}"} & named
        ]
        if unread:
            yield self._say(
                say_counted(
                    "{columns} holds dates that nothing in the section reads: is it an event that you promise by?",
                    "{columns} hold dates that nothing in the section reads: are they events that you promise by?",
                    count=len(unread),
                    columns=all_of([f"“{name}”" for name in unread]),
                )
            )

    # ------------------------------------------------------------ the table

    def _file(self, file: ExportFile) -> Iterator[str]:
        head = say_counted(
            "{file}: {count} row, {columns} columns",
            "{file}: {count} rows, {columns} columns",
            count=file.whole.rows,
            file=file.label,
            columns=len(file.columns),
        )
        yield self._paint(self._say(head), Style.STRONG)
        if file.system is not None:
            system, kind = file.system
            yield "  " + self._say(say("an export of {system}: {kind}", system=preset(system).system, kind=kind))
        filled = [column for column in file.columns if column.known]
        shown = sorted(filled, key=lambda column: (not self._is_used(file, column), column.place))[:MOST_SHOWN]
        rows = [[self._say(title) for title in (say("column"), say("holds"), say("blank"), say("different"),
                                                say("first"), say("last"))] + [""]]  # fmt: skip
        rows += [self._row(column) for column in sorted(shown, key=lambda column: column.place)]
        yield from (f"  {line}" for line in _table(rows))
        if len(filled) > len(shown):
            yield "  " + self._say(
                say_counted("and {count} more column", "and {count} more columns", count=len(filled) - len(shown))
            )
        empty = len(file.columns) - len(filled)
        if empty:
            yield "  " + self._say(
                say_counted("{count} column holds nothing", "{count} columns hold nothing", count=empty)
            )

    def _is_used(self, file: ExportFile, column: ExportColumn) -> bool:
        return f"{file.name}.{column.name}" in self._written or column.name in self._written

    @property
    def _written(self) -> str:
        return str(self._inspected.proposal.values)

    def _row(self, column: ExportColumn) -> list[str]:
        share = Fraction(column.blank, max(len(column.cells), 1))
        first = last = ""
        if column.dates is not None:
            first, last = column.dates.first.date().isoformat(), column.dates.last.date().isoformat()
        name = printable(column.name) or self._say(say("(no heading)"))
        return [
            name if width(name) <= _NAME else name[: _NAME - 1] + "…",
            self._say(_KINDS[column.kind]),
            self._say(say("{share}", share=Share(share))) if column.blank else "–",
            self._words.number(len(column.counts)),
            first,
            last,
            "; ".join(self._say(remark) for remark in _remarks(column)),
        ]

    # ------------------------------------------------------------ what reading gives

    def _read_by_it(self) -> Iterator[str]:
        inspected = self._inspected
        if (awaited := inspected.proposal.awaited) is not None:
            yield from self._awaited(awaited)
            return
        if inspected.refused is not None:
            yield self._say(say("A check refuses this as it stands: {why}", why=inspected.refused))
            return
        data = inspected.data
        if data is None:
            return
        yield self._paint(
            self._say(
                say_counted("Read so, there is {count} lead", "Read so, there are {count} leads", count=data.leads)
            ),
            Style.STRONG,
        )
        for covered in data.coverage:
            yield "  " + self._say(
                say("{event}: {first} to {last}", event=covered.event, first=covered.first, last=covered.last)
            )
        if data.rejected:
            yield "  " + self._say(
                say_counted("{count} row could not be used", "{count} rows could not be used", count=data.rejected)
            )
            for reject in data.rejects[:3]:
                spot = printable(reject.file) + (f":{reject.line}" if reject.line is not None else "")
                yield f"    {spot}: {printable(reject.reason)}"
        for quality in data.quality:
            if quality.what != _BLANK and quality.said is not None:
                line = self._say(from_json(quality.said.model_dump()))
                shown = "; ".join(printable(example) for example in quality.examples[:3])
                yield f"  {line}" + (f": {shown}" if shown else "")

    def _awaited(self, awaited: Awaited) -> Iterator[str]:
        """What to do where only the fields of an export are known."""
        values = self._inspected.proposal.values
        leads = [value for key, value in values["leads"].items() if key not in ("from", "fields")]
        columns = [*leads, *values["leads"].get("fields", {}).values(), *values["events"].values()]
        label = self._inspected.proposal.leads.label
        place = str(self._inspected.places[label].with_name(PurePath(awaited.path).name))
        yield self._paint(
            self._say(say("{file} lists fields and holds no leads: the section is for their export", file=label)),
            Style.STRONG,
        )
        steps = (
            say("export the leads with these columns: {columns}", columns=all_of(list(dict.fromkeys(columns)))),
            say("save it as {path}, or write under {files} where it is", path=Written(place), files=Written("files:")),
            say("{command} then tells what is in it", command=Written(shlex.join(["sla", "source", "inspect", place]))),
        )  # fmt: skip
        yield from (f"  {number}. {self._say(step)}" for number, step in enumerate(steps, start=1))

    def _judged(self) -> Iterator[str]:
        results = self._inspected.results
        if results is None:
            return
        head = say_counted(
            "You can judge {judgeable} of {count} promise with this.",
            "You can judge {judgeable} of {count} promises with this.",
            count=results.promises,
            judgeable=results.judgeable,
        )
        yield self._paint(self._say(head), Style.STRONG)
        for what, count in unlocks(results):
            yield "  " + self._say(
                say_counted("{what} would unlock {count}", "{what} would unlock {count}", count=count, what=what)
            )


def _remarks(column: ExportColumn) -> Iterator[Message]:
    """What stands out in a column."""
    if column.is_repeated:
        yield say("another column has the same heading")
    if column.placeholders:
        yield say("{values} for blank", values=all_of(list(column.placeholders[:4])))
    if (zero := column.not_stated) is not None and column.numbers is not None:
        yield say("{zero} in {count} rows: not stated?", zero=Written(zero), count=column.numbers.zeros)
    if column.separator is not None:
        yield say("several values, parted by {sign}", sign=Written(column.separator))
    if column.numbers is not None and column.numbers.decimal == ",":
        yield say("decimal comma")
    if column.dates is not None and column.dates.format is not None:
        yield say("written {format}", format=Written(column.dates.format))
    if column.dates is not None and column.dates.other_orders:
        yield say("day or month first?")


def _table(rows: Sequence[Sequence[str]]) -> Iterator[str]:
    widths = [max(width(row[place]) for row in rows) for place in range(len(rows[0]))]
    for row in rows:
        cells = [cell + " " * (wide - width(cell)) for cell, wide in zip(row, widths, strict=True)]
        for place in (2, 3):
            cells[place] = " " * (widths[place] - width(row[place])) + row[place]
        yield "  ".join(cells).rstrip()


def _texts_in(values: object) -> Iterator[str]:
    """All keys and texts of nested values."""
    if isinstance(values, Mapping):
        for key, value in values.items():
            yield str(key)
            yield from _texts_in(value)
    elif isinstance(values, (list, tuple)):
        for value in values:
            yield from _texts_in(value)
    elif isinstance(values, str):
        yield values
