"""From the `source` section to columns of the lead facts: which column of which file, read as what.

Everything that the section says is looked up here, before a single row is read, so that a slip in it is told at once
and with its place.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from difflib import get_close_matches

from sqlglot import exp

from checker.agreement import Agreement
from checker.agreement.conditions import Operand, spelled
from checker.agreement.source import Always, Column, EventColumn, Leads, SameAs, Source
from checker.errors import NothingToJudge, UnreadableInput
from checker.finding import At, Path
from checker.funnel.conditions import Shape
from checker.funnel.files import Located
from checker.funnel.headings import Heading, Headings
from checker.funnel.nodes import Node, both, call, case, column, is_in, negated, text, truth
from checker.funnel.reading_plan import BASE, LEAD_ID, EventPlan, FilePlan, KeyPart, Plan
from checker.funnel.readings import Reading, as_text, folded, without
from checker.funnel.stamps import StampReading, plausible, stamp_reading
from checker.funnel.values import Conventions, always, constant, value_reading
from checker.funnel.zones import check_timezone
from checker.message import Message, Written, say

_BASE_KINDS = dict.fromkeys(BASE, "text") | {"amount": "amount"}
"""Keys of `leads` -> what kind of value they hold. Whether a text is a known channel or reason is asked later."""
_FIELD_OF = {
    "channel": "channel",
    "country": "country",
    "return_reason": "return_reason",
    "amount": "amount",
    "persona": "persona",
    "score": "points",
}
"""Keys of `leads` that say the same as a field of the agreement -> that field."""


def leads_of(source: Source) -> Leads:
    """The `leads` of a source. Raises NothingToJudge where it says none."""
    if source.leads is None:
        raise NothingToJudge(
            say(
                "this version knows no system by itself: say what its columns are under {leads} and {events}",
                leads=Written("leads:"),
                events=Written("events:"),
            ),
            at=At(("source", "system")),
        )
    return source.leads


def files_in_use(source: Source) -> list[str]:
    """The names of the files that hold leads and their events. Raises UnreadableInput for one that is not listed."""
    leads = leads_of(source)
    wanted: dict[str, Path] = {leads.from_: ("source", "leads", "from")}
    for name in leads.join or {}:
        wanted.setdefault(name, ("source", "leads", "join", name))
    for name, path in wanted.items():
        if isinstance(source.files, dict) and name not in source.files:
            raise UnreadableInput(
                _not_known(say("there is no file {name}", name=Written(name)), name, list(source.files)), at=At(path)
            )
    return list(wanted)


def report_timezone(agreement: Agreement) -> str:
    """The time zone of months and dates: that of the first working time, else of the source, else UTC."""
    working_time = agreement.working_time()
    if working_time is not None:
        return working_time.timezone
    source = agreement.sections.source
    return (source.timezone if source else None) or "UTC"


def _not_known(said: Message, name: str, known: Sequence[str]) -> Message:
    """What is said of an unknown name, with the known one that was probably meant."""
    near = get_close_matches(name, known, n=1, cutoff=0.6)
    return say("{said}; did you mean {nearest}?", said=said, nearest=Written(near[0])) if near else said


class _Mapper:
    def __init__(
        self, agreement: Agreement, source: Source, located: Mapping[str, Located], headings: Headings
    ) -> None:
        self.agreement = agreement
        self.source = source
        self.located = located
        self.headings = headings
        self.leads = leads_of(source)
        self.timezone = report_timezone(agreement)
        self.plan = Plan(self.leads.from_, self._lead_id(), {name: FilePlan(name) for name in located}, self.timezone)

    def map(self) -> Plan:
        self._joins()
        self._values()
        self._events()
        for name, written in (("actions", self.source.actions), ("totals", self.source.totals)):
            if written is not None:
                self.plan.not_read.append(say("{key} of the source are not read by this version", key=Written(name)))
        return self.plan

    # ------------------------------------------------------------ cells

    def _cell(self, heading: Heading, null_values: Sequence[str] | None) -> Node:
        """What stands in a column, null where it is blank."""
        cell: Node = column(heading.stored_as)
        if heading.is_text:
            cell = exp.Nullif(this=cell, expression=text(""))
        return without(cell, heading, [*(self.located[heading.file].written.null_values or ()), *(null_values or ())])

    def _lead_id(self) -> Reading:
        path: Path = ("source", "leads", "id")
        written = self.leads.id
        if isinstance(written, Always):
            raise UnreadableInput(say("each lead needs an id of its own"), at=At(path))
        column_ = written if isinstance(written, Column) else Column(column=written)
        heading = self.headings.find(column_.column, path, column_.aliases or (), within=self.leads.from_)
        return Reading(
            LEAD_ID,
            heading,
            path,
            Shape.TEXT,
            self._cell(heading, column_.null_values),
            lambda cell: as_text(cell, heading),
        )

    def _joins(self) -> None:
        for name, join in (self.leads.join or {}).items():
            file = self.plan.files[name]
            for index, (own, of_lead) in enumerate(join.on.items()):
                path = (*file.path, "on", own)
                part = KeyPart(
                    self._key_column(own, name, path, other=self.leads.from_),
                    self._key_column(of_lead, self.leads.from_, path, other=name),
                    f"key {index}",
                    f"key {name} {index}",
                )
                file.joined_on.append(part)
                file.keys[part.own] = as_text(self._cell(part.heading, None), part.heading)
                self.plan.files[self.leads.from_].keys[part.of_lead] = as_text(
                    self._cell(part.lead_heading, None), part.lead_heading
                )

    def _key_column(self, written: str, file: str, path: Path, other: str) -> Heading:
        """A column of a key. Raises UnreadableInput, also where the two columns stand the wrong way round."""
        names = self.headings.files
        if written not in names[file].names and written in names[other].names:
            raise UnreadableInput(
                say(
                    "{column} is a column of {other}: under {on}, the column of {file} comes first",
                    column=Written(written),
                    other=names[other].label,
                    on=Written("on:"),
                    file=names[other if file == self.leads.from_ else file].label,
                ),
                at=At(path),
            )
        return self.headings.find(written, path, within=file)

    # ------------------------------------------------------------ values

    def _values(self) -> None:
        leads = self.leads
        base: Path = ("source", "leads")
        for key, kind in _BASE_KINDS.items():
            self._value(key, kind, getattr(leads, key), (*base, key))
        self._value("field_persona", "persona", leads.persona, (*base, "persona"))
        self._value("field_points", "whole number", leads.score, (*base, "score"))
        for name, written in (leads.fields or {}).items():
            path = (*base, "fields", name)
            field_kind = self.agreement.field_kind(name)
            if field_kind is None:
                known = [*self.agreement.fields, *_FIELD_OF.values()]
                raise UnreadableInput(
                    _not_known(say("there is no field {name}", name=Written(name)), name, known), at=At(path, "key")
                )
            self._value(f"field_{name}", field_kind, written, path)
        self._share()

    def _share(self) -> None:
        """A key of `leads` and the field that says the same are one column under two names."""
        mapped = {reading.name for reading in self.plan.readings()} | set(self.plan.constants)
        for key, name in _FIELD_OF.items():
            if key not in BASE or (self.agreement.field_kind(name) is None):
                continue
            if key in mapped and f"field_{name}" not in mapped:
                self.plan.same[f"field_{name}"] = key
            elif f"field_{name}" in mapped and key not in mapped:
                self.plan.same[key] = f"field_{name}"

    def _value(self, name: str, kind: str, written: str | Column | Always | None, path: Path) -> None:
        if written is None:
            return
        if isinstance(written, Always):
            self.plan.constants[name] = always(kind, written, path)
            return
        as_column = written if isinstance(written, Column) else Column(column=written)
        heading = self.headings.find(as_column.column, path, as_column.aliases or ())
        located = self.located[heading.file].written
        blanks = [*(located.null_values or ()), *(as_column.null_values or ())]
        as_column = as_column.model_copy(update={"null_values": blanks})
        conventions = Conventions(located.decimal, self.agreement.currency, self.timezone)
        reading = value_reading(kind, heading, as_column, conventions, path)
        field_ = self.agreement.fields.get(name.removeprefix("field_"))
        self.plan.files[heading.file].values.append(
            Reading(
                name,
                heading,
                path,
                reading.shape,
                self._cell(heading, as_column.null_values),
                reading.read,
                check=reading.check,
                can_fail=reading.can_fail,
                blank=None if as_column.blank is None else self._blank(kind, as_column, reading.shape, path),
                is_personal=bool(field_ is not None and field_.personal_data),
                expected=reading.expected,
            )
        )

    def _blank(self, kind: str, written: Column, shape: Shape, path: Path) -> Node:
        assert written.blank is not None, "asked only where it is written"
        return constant("list of actions" if shape is Shape.TEXTS else kind, written.blank, (*path, "blank"))

    # ------------------------------------------------------------ events

    def _events(self) -> None:
        for event, written in (self.source.events or {}).items():
            path: Path = ("source", "events", event)
            if event not in self.agreement.events:
                raise UnreadableInput(
                    _not_known(say("there is no event {name}", name=Written(event)), event, self.agreement.events),
                    at=At(path, "key"),
                )
            if not isinstance(written, SameAs):
                as_column = written if isinstance(written, EventColumn) else EventColumn(column=written)
                plan = self._event(event, as_column, path)
                self.plan.files[plan.file].events.append(plan)
        mapped = {plan.event for plan in self.plan.events()}
        for event, written in (self.source.events or {}).items():
            if isinstance(written, SameAs):
                if written.same_as not in mapped:
                    raise UnreadableInput(
                        say("{name} has no column of its own here", name=Written(written.same_as)),
                        at=At(("source", "events", event, "same_as")),
                    )
                self.plan.stand_ins[event] = written.same_as

    def _event(self, event: str, written: EventColumn, path: Path) -> EventPlan:
        if written.set is not None or written.personal is not None:
            raise UnreadableInput(
                say(
                    "{event} is read from a log with one line an event; this version reads one row a lead",
                    event=Written(event),
                ),
                at=At(path, "key"),
            )
        heading = self.headings.find(written.column, path, written.aliases or ())
        stamp = stamp_reading(heading.sql_type, written.format)
        if stamp is None:
            raise UnreadableInput(say("{column} holds no dates", column=Written(heading.name)), at=At(path))
        timezone = self._timezone(written, stamp, path)
        reading = Reading(
            f"position_{event}",
            heading,
            path,
            Shape.NUMBER,
            self._fitting(self._cell(heading, written.null_values), written, heading, path),
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

    def _timezone(self, written: EventColumn, stamp: StampReading, path: Path) -> str:
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

    def _fitting(self, cell: Node, written: EventColumn, heading: Heading, path: Path) -> Node:
        """The cell, null in rows that `when` and `unless` leave out."""
        asked = [
            *self._tests(written.when, heading.file, (*path, "when"), wanted=True),
            *self._tests(written.unless, heading.file, (*path, "unless"), wanted=False),
        ]
        return case([(both(asked), cell)]) if asked else cell

    def _tests(
        self, tests: Mapping[str, Operand | list[Operand]] | None, file: str, path: Path, wanted: bool
    ) -> Iterable[Node]:
        for name, written in (tests or {}).items():
            heading = self.headings.find(name, (*path, name), within=file)
            cell = call("lower", as_text(self._cell(heading, None), heading))
            values = written if isinstance(written, list) else [written]
            words = [folded(word) for value in values for word in _spellings(value)]
            holds = exp.Coalesce(this=is_in(cell, words), expressions=[truth(False)])
            yield holds if wanted else negated(holds)


def _spellings(value: Operand) -> Sequence[str]:
    """The texts that a value of `when` or `unless` may have in a file."""
    if value is True:
        return "yes", "true", "1"
    if value is False:
        return "no", "false", "0"
    return (spelled(value),)


def _written_as(written: EventColumn, heading: Heading) -> Message:
    if heading.is_text and written.format is not None:
        return say("a date between 2000 and 2049 as {format}", format=Written(written.format))
    return say(
        "a date between 2000 and 2049 as {date} or {moment}",
        date=Written("2027-03-31"),
        moment=Written("2027-03-31 14:05:00"),
    )


def plan_of(agreement: Agreement, source: Source, located: Mapping[str, Located], headings: Headings) -> Plan:
    """What the source section asks for. Raises UnreadableInput for whatever of it cannot be done, with its place."""
    return _Mapper(agreement, source, located, headings).map()
