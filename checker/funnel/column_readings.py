"""How a column of a file is read, by what the `source` section says of it: a value, a moment, whether a row fits."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from difflib import get_close_matches

from sqlglot import exp

from checker.agreement import Agreement
from checker.agreement.conditions import Operand, spelled
from checker.agreement.source import Column, Moment, Source
from checker.errors import UnreadableInput
from checker.finding import At, Path
from checker.funnel.conditions import Shape
from checker.funnel.files import Located
from checker.funnel.headings import Heading, Headings
from checker.funnel.nodes import Node, both, call, case, column, is_in, negated, text, truth
from checker.funnel.reading_plan import EventPlan
from checker.funnel.readings import Reading, as_text, folded, without
from checker.funnel.stamps import StampReading, plausible, stamp_reading
from checker.funnel.values import Conventions, constant, value_reading
from checker.funnel.zones import check_timezone
from checker.message import Message, Written, say


def not_known(said: Message, name: str, known: Sequence[str]) -> Message:
    """What is said of an unknown name, with the known one that was probably meant."""
    near = get_close_matches(name, known, n=1, cutoff=0.6)
    return say("{said}; did you mean {nearest}?", said=said, nearest=Written(near[0])) if near else said


class ColumnReadings:
    """Makes readings of the columns of one source. `timezone` is that of the reports."""

    def __init__(
        self,
        agreement: Agreement,
        source: Source,
        located: Mapping[str, Located],
        headings: Headings,
        timezone: str,
    ) -> None:
        self.agreement = agreement
        self.source = source
        self.located = located
        self.headings = headings
        self.timezone = timezone

    # ------------------------------------------------------------ cells

    def cell(self, heading: Heading, null_values: Sequence[str] | None) -> Node:
        """What stands in a column, null where it is blank."""
        cell: Node = column(heading.stored_as)
        if heading.is_text:
            cell = exp.Nullif(this=cell, expression=text(""))
        return without(cell, heading, [*(self.located[heading.file].written.null_values or ()), *(null_values or ())])

    def tests(self, moment: Moment, file: str, path: Path) -> list[Node]:
        """What a row must be so that its moment counts: its `when` and `unless`."""
        return [
            *self._tests(moment.when, file, (*path, "when"), wanted=True),
            *self._tests(moment.unless, file, (*path, "unless"), wanted=False),
        ]

    def _tests(
        self, tests: Mapping[str, Operand | list[Operand]] | None, file: str, path: Path, wanted: bool
    ) -> Iterable[Node]:
        for name, written in (tests or {}).items():
            heading = self.headings.find(name, (*path, name), within=file)
            cell = call("lower", as_text(self.cell(heading, None), heading))
            values = written if isinstance(written, list) else [written]
            words = [folded(word) for value in values for word in spellings(value)]
            holds = exp.Coalesce(this=is_in(cell, words), expressions=[truth(False)])
            yield holds if wanted else negated(holds)

    def tested(self, name: str, heading: Heading, path: Path) -> Reading:
        """A column by which rows are told apart, as it stands."""
        cell = self.cell(heading, None)
        return Reading(name, heading, path, Shape.TEXT, cell, lambda cell: as_text(cell, heading))

    # ------------------------------------------------------------ values

    def lead_id(self, name: str, written: Column, path: Path, within: str) -> Reading:
        """The column of a file that names the lead."""
        heading = self.headings.find(written.column, path, written.aliases or (), within=within)
        cell = self.cell(heading, written.null_values)
        return Reading(name, heading, path, Shape.TEXT, cell, lambda cell: as_text(cell, heading))

    def value(
        self,
        name: str,
        kind: str,
        written: Column,
        path: Path,
        within: str | None = None,
        fits: Sequence[Node] = (),
    ) -> Reading:
        """A column read as a value of a kind; blank in rows that do not fit. `within` is the only file it may be of."""
        heading = self.headings.find(written.column, path, written.aliases or (), within=within)
        located = self.located[heading.file].written
        blanks = [*(located.null_values or ()), *(written.null_values or ())]
        as_column = written.model_copy(update={"null_values": blanks})
        conventions = Conventions(located.decimal, self.agreement.currency, self.timezone)
        reading = value_reading(kind, heading, as_column, conventions, path)
        field_ = self.agreement.fields.get(name.removeprefix("field_"))
        return Reading(
            name,
            heading,
            path,
            reading.shape,
            _fitting(self.cell(heading, as_column.null_values), fits),
            reading.read,
            check=reading.check,
            can_fail=reading.can_fail,
            blank=None if as_column.blank is None else self._blank(kind, as_column, reading.shape, path),
            is_personal=bool(field_ is not None and field_.personal_data),
            expected=reading.expected,
        )

    def _blank(self, kind: str, written: Column, shape: Shape, path: Path) -> Node:
        assert written.blank is not None, "asked only where it is written"
        return constant("list of actions" if shape is Shape.TEXTS else kind, written.blank, (*path, "blank"))

    # ------------------------------------------------------------ moments

    def event(self, event: str, written: Moment, path: Path, within: str | None = None) -> EventPlan:
        """A column read as moments. Raises UnreadableInput where it holds none, or its time zone is not said."""
        heading = self.headings.find(written.column, path, written.aliases or (), within=within)
        stamp = stamp_reading(heading.sql_type, written.format)
        if stamp is None:
            raise UnreadableInput(say("{column} holds no dates", column=Written(heading.name)), at=At(path))
        timezone = self._timezone(written, stamp, path)
        reading = Reading(
            f"position_{event}",
            heading,
            path,
            Shape.NUMBER,
            _fitting(self.cell(heading, written.null_values), self.tests(written, heading.file, path)),
            stamp.position,
            check=plausible,
            can_fail=True,
            further={
                name: read
                for name, read in ((f"utc_{event}", stamp.utc), (f"day_{event}", stamp.day))
                if not isinstance(read, bool)
            },
            expected=_written_as(written, heading),
        )
        midnights = (self.source.timezone or timezone) if written.midnight is not None else None
        return EventPlan(event, reading, stamp, timezone, midnights)

    def _timezone(self, written: Moment, stamp: StampReading, path: Path) -> str:
        """The time zone of stamps that name none. Raises UnreadableInput where it is needed and not said."""
        places: tuple[Path, ...] = ((*path, "timezone"), ("source", "timezone"))
        for name, place in zip((written.timezone, self.source.timezone), places, strict=True):
            if name is not None:
                check_timezone(name, place)
                return name
        if stamp.utc is True or stamp.day is True:
            return "UTC"
        raise UnreadableInput(
            say(
                "in which time zone are the moments of {column}? add {line} to the source",
                column=Written(written.column),
                line=Written(f"timezone: {self.timezone}"),
            ),
            at=At(path),
        )


def _fitting(cell: Node, fits: Sequence[Node]) -> Node:
    """The cell, null in rows that do not fit."""
    return case([(both([condition.copy() for condition in fits]), cell)]) if fits else cell


def spellings(value: Operand) -> Sequence[str]:
    """The texts that a value of `when` or `unless` may have in a file."""
    if value is True:
        return "yes", "true", "1"
    if value is False:
        return "no", "false", "0"
    return (spelled(value),)


def _written_as(written: Moment, heading: Heading) -> Message:
    if heading.is_text and written.format is not None:
        return say("a date between 2000 and 2049 as {format}", format=Written(written.format))
    return say(
        "a date between 2000 and 2049 as {date} or {moment}",
        date=Written("2027-03-31"),
        moment=Written("2027-03-31 14:05:00"),
    )
