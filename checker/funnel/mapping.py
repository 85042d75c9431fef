"""From the `source` section to columns of the lead facts: which column of which file, read as what.

Everything that the section says is looked up here, before a single row is read, so that a slip in it is told at once
and with its place.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace

from checker.agreement import Agreement
from checker.agreement.source import Always, Column, SameAs, Source
from checker.errors import UnreadableInput
from checker.finding import At, Path
from checker.funnel.column_readings import ColumnReadings, not_known
from checker.funnel.files import Located
from checker.funnel.headings import Heading, Headings
from checker.funnel.log_mapping import LogMapping, logs_of, written_events
from checker.funnel.nodes import drawn_from
from checker.funnel.reading_plan import BASE, CELLS, LEAD_ID, ONLY_WHERE_MAPPED, FilePlan, KeyPart, Plan
from checker.funnel.readings import Reading, as_text
from checker.funnel.values import always
from checker.message import Written, say

_KINDS = dict.fromkeys(BASE, "text") | {"amount": "amount"} | ONLY_WHERE_MAPPED
"""Keys of `leads` -> what kind of value they hold. Whether a text is a known channel or reason is asked later."""
_FIELD_OF = {
    "channel": "channel",
    "country": "country",
    "return_reason": "return_reason",
    "amount": "amount",
    "persona": "persona",
    "score": "points",
    "expected_closing": "expected_closing",
}
"""Keys of `leads` that say the same as a field of the agreement -> that field."""


def files_in_use(source: Source) -> list[str]:
    """The names of the files that hold leads and their events. Raises UnreadableInput for one that is not listed."""
    leads = source.leads
    wanted: dict[str, Path] = {leads.from_: ("source", "leads", "from")}
    for name in leads.join or {}:
        wanted.setdefault(name, ("source", "leads", "join", name))
    check_listed(source, wanted.items())
    return list(wanted)


def check_listed(source: Source, wanted: Iterable[tuple[str, Path]]) -> None:
    """Raises UnreadableInput for a file that the source does not list, at the place that names it."""
    for name, path in wanted:
        if name not in source.files:
            raise UnreadableInput(
                not_known(say("there is no file {name}", name=Written(name)), name, list(source.files)), at=At(path)
            )


def report_timezone(agreement: Agreement) -> str:
    """The time zone of months and dates: that of the first working time, else of the source, else UTC."""
    working_time = agreement.working_time()
    if working_time is not None:
        return working_time.timezone
    source = agreement.sections.source
    return (source.timezone if source else None) or "UTC"


def as_column(written: str | Column) -> Column:
    """A value's column, with whatever more is said of it."""
    return written if isinstance(written, Column) else Column(column=written)


class _Mapper:
    def __init__(
        self, agreement: Agreement, source: Source, located: Mapping[str, Located], headings: Headings
    ) -> None:
        self.agreement = agreement
        self.source = source
        self.headings = headings
        self.leads = source.leads
        self.columns = ColumnReadings(agreement, source, located, headings, report_timezone(agreement))
        files = {name: FilePlan(name) for name in headings.files}
        self.plan = Plan(self.leads.from_, self._lead_id(), files, self.columns.timezone)
        self.logs = LogMapping(agreement, self.columns, self.plan)

    def map(self) -> Plan:
        for name in logs_of(self.source, self.plan.files, self.headings):
            self.plan.files[name].is_log = True
        self.plan.files[self.plan.leads].needed = (LEAD_ID,)
        self._joins()
        self._values()
        self._events()
        self.logs.finish()
        self._share()
        for name, file in self.plan.files.items():
            if file.is_log:
                self.logs.share(file, dict(written_events(self.source)))
                file.tested = self.logs.tested(file, dict(written_events(self.source)))
                file.keys[CELLS] = drawn_from(heading.stored_as for heading in self.headings.used[name].values())
        return self.plan

    def _lead_id(self) -> Reading:
        path: Path = ("source", "leads", "id")
        written = self.leads.id
        if isinstance(written, Always):
            raise UnreadableInput(say("each lead needs an id of its own"), at=At(path))
        return self.columns.lead_id(LEAD_ID, as_column(written), path, self.leads.from_)

    def _joins(self) -> None:
        for name, join in (self.leads.join or {}).items():
            file = self.plan.files[name]
            file.has_one_row = join.at_most is not None
            for index, (own, of_lead) in enumerate(join.on.items()):
                path = (*file.path, "on", own)
                part = KeyPart(
                    self._key_column(own, name, path, other=self.leads.from_),
                    self._key_column(of_lead, self.leads.from_, path, other=name),
                    f"key {index}",
                    f"key {name} {index}",
                )
                file.joined_on.append(part)
                file.keys[part.own] = as_text(self.columns.cell(part.heading, None), part.heading)
                self.plan.files[self.leads.from_].keys[part.of_lead] = as_text(
                    self.columns.cell(part.lead_heading, None), part.lead_heading
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
        for key, kind in _KINDS.items():
            self._value(key, kind, getattr(leads, key), (*base, key))
        self._value("field_persona", "persona", leads.persona, (*base, "persona"))
        self._value("field_points", "whole number", leads.score, (*base, "score"))
        for name, written in (leads.fields or {}).items():
            path = (*base, "fields", name)
            field_kind = self.agreement.field_kind(name)
            if field_kind is None:
                known = [*self.agreement.fields, *_FIELD_OF.values()]
                raise UnreadableInput(
                    not_known(say("there is no field {name}", name=Written(name)), name, known), at=At(path, "key")
                )
            self._value(f"field_{name}", field_kind, written, path)

    def _share(self) -> None:
        """A key of `leads` and the field that says the same are one column under two names."""
        mapped = {reading.name for reading in self.plan.readings()} | set(self.plan.constants)
        for key, name in _FIELD_OF.items():
            kind = self.agreement.field_kind(name)
            if key not in _KINDS or kind is None or ONLY_WHERE_MAPPED.get(key, kind) != kind:
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
        reading = self.columns.value(name, kind, as_column(written), path)
        self.plan.files[reading.heading.file].values.append(reading)

    # ------------------------------------------------------------ events

    def _events(self) -> None:
        for event in self.source.events or {}:
            path: Path = ("source", "events", event)
            if event not in self.agreement.events:
                raise UnreadableInput(
                    not_known(say("there is no event {name}", name=Written(event)), event, self.agreement.events),
                    at=At(path, "key"),
                )
        for event, own in written_events(self.source):
            path = ("source", "events", event)
            self.logs.check_personal(event, own, path)
            plan = self.columns.event(event, own, path)
            says = self.logs.says(plan, own, path)
            self.plan.files[plan.file].events.append(replace(plan, says=says, is_personal=own.personal is True))
        mapped = {plan.event for plan in self.plan.events()}
        for event, written in (self.source.events or {}).items():
            if isinstance(written, SameAs):
                if written.same_as not in mapped:
                    raise UnreadableInput(
                        say("{name} has no column of its own here", name=Written(written.same_as)),
                        at=At(("source", "events", event, "same_as")),
                    )
                self.plan.stand_ins[event] = written.same_as


def plan_of(agreement: Agreement, source: Source, located: Mapping[str, Located], headings: Headings) -> Plan:
    """What the source section asks for. Raises UnreadableInput for whatever of it cannot be done, with its place."""
    return _Mapper(agreement, source, located, headings).map()
