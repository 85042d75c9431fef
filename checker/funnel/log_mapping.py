"""What is special about logs in the `source` section: which files are logs, and what else their lines say of a lead."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace

from checker.agreement import Agreement
from checker.agreement.conditions import spelled
from checker.agreement.events import counted_by
from checker.agreement.source import Always, Column, EventColumn, SameAs, Source
from checker.errors import UnreadableInput
from checker.finding import At, Path
from checker.funnel.column_readings import ColumnReadings, not_known
from checker.funnel.conditions import Shape
from checker.funnel.headings import Headings
from checker.funnel.nodes import Node, both, case, either, truth
from checker.funnel.reading_plan import EventPlan, FilePlan, Pick, Plan, SaidByLines, Tested
from checker.funnel.readings import Reading
from checker.message import Written, any_of, say

ATTEMPT, CONTACT = "contact_attempt", "first_personal_contact"
_KINDS = dict.fromkeys(("actor", "owner", "channel", "reason", "ref_id"), "text") | {"amount": "amount"}
"""What lines may say beside the agreement's fields -> what kind of value it is."""
_REASONS = {"returned": "return_reason", "lost": "disposition"}
"""Event -> the column of the lead facts that holds its reason."""
_PICKS: Mapping[str, Pick] = {"channel": "first", "return_reason": "of the first", "disposition": "of the first"}
"""Column of the lead facts -> which line counts; of all others, the last one that says something."""


def written_events(source: Source) -> Iterator[tuple[str, EventColumn]]:
    """The events that have a column of their own."""
    for event, written in (source.events or {}).items():
        if not isinstance(written, SameAs):
            yield event, written if isinstance(written, EventColumn) else EventColumn(column=written)


def logs_of(source: Source, names: Iterable[str], headings: Headings) -> set[str]:
    """The files of which each row is an event: declared, or clear from what is said of their events.

    Raises UnreadableInput where such a file is joined with at most one row a lead.
    """
    files = source.files
    logs = {name for name in names if name in files and files[name].each_row is not None}
    for event, written in written_events(source):
        if written.set is not None or written.personal is not None:
            path: Path = ("source", "events", event)
            logs.add(headings.find(written.column, path, written.aliases or ()).file)
    for name, join in (source.leads.join or {}).items():
        if name in logs and join.at_most is not None:
            raise UnreadableInput(
                say(
                    "each row of {name} is an event, so a lead may have several: take {line} out",
                    name=Written(name),
                    line=Written("at_most: one"),
                ),
                at=At(("source", "leads", "join", name, "at_most")),
            )
    return logs


class LogMapping:
    """Maps what lines of logs say, and which events follow from them."""

    def __init__(self, agreement: Agreement, columns: ColumnReadings, plan: Plan) -> None:
        self.agreement = agreement
        self.columns = columns
        self.plan = plan

    # ------------------------------------------------------------ what else lines say

    def says(self, event: EventPlan, written: EventColumn, path: Path) -> dict[str, Reading]:
        """The readings of what the lines of an event say beside its moment."""
        fits = self.columns.tests(written, event.file, path)
        found: dict[str, Reading] = {}
        for key, value in (written.set or {}).items():
            found[key] = self._reading(event, key, value, (*path, "set", key), fits)
        return found

    def _reading(
        self, event: EventPlan, key: str, value: str | Column | Always, path: Path, fits: list[Node]
    ) -> Reading:
        if isinstance(value, Always):
            raise UnreadableInput(
                say("{key} needs a column: what lines say differs from line to line", key=Written(key)), at=At(path)
            )
        kind = _KINDS.get(key) or self.agreement.field_kind(key)
        if kind is None:
            known = [*_KINDS, *self.agreement.fields]
            raise UnreadableInput(
                not_known(
                    say(
                        "lines of a log can say {keys} or a field of the agreement, and {key} is none of them",
                        keys=any_of(list(_KINDS)),
                        key=Written(key),
                    ),
                    key,
                    known,
                ),
                at=At(path, "key"),
            )
        if key == "reason" and event.event not in _REASONS:
            raise UnreadableInput(
                say(
                    "only {events} have a reason, not {event}",
                    events=any_of(list(_REASONS)),
                    event=Written(event.event),
                ),
                at=At(path, "key"),
            )
        column = value if isinstance(value, Column) else Column(column=value)
        return self.columns.value(f"{event.event} says {key}", kind, column, path, within=event.file, fits=fits)

    def check_personal(self, event: str, written: EventColumn, path: Path) -> None:
        """Raises UnreadableInput where something else than attempts is called personal."""
        if written.personal is not None and event != ATTEMPT:
            raise UnreadableInput(
                say(
                    "{key} belongs to {attempt}: it says which attempts are personal contacts",
                    key=Written("personal:"),
                    attempt=Written(ATTEMPT),
                ),
                at=At((*path, "personal"), "key"),
            )

    def tested(self, file: FilePlan, events: Mapping[str, EventColumn]) -> list[Tested]:
        """The columns by which the events of a log are told apart."""
        found: dict[str, Tested] = {}
        for event in file.events:
            written = events[event.event]
            for key, tests in (("when", written.when), ("unless", written.unless)):
                for name, values in (tests or {}).items():
                    path: Path = ("source", "events", event.event, key, name)
                    heading = self.columns.headings.find(name, path, within=file.name)
                    before = found.get(heading.name)
                    reading = before.reading if before else self.columns.tested(f"tested {heading.name}", heading, path)
                    # what is yes or no may be written in several ways, of which a file has one
                    all_values = values if isinstance(values, list) else [values]
                    places = {spelled(value): path for value in all_values if not isinstance(value, bool)}
                    found[heading.name] = Tested(reading, {**places, **(before.values if before else {})})
        return list(found.values())

    def share(self, file: FilePlan, events: Mapping[str, EventColumn]) -> None:
        """Lets events whose moments stand in the same column, written in the same way, share one reading of it."""
        alike: dict[tuple[object, ...], list[EventPlan]] = {}
        for event in file.events:
            written = events[event.event]
            blanks = tuple(written.null_values or ())
            key = (event.reading.heading, event.timezone, event.midnights, written.format, blanks)
            alike.setdefault(key, []).append(event)
        for group in alike.values():
            if len(group) > 1:
                fits = {event.event: both(self._tests(event, events)) for event in group}
                first = group[0]
                cell = self.columns.cell(first.reading.heading, events[first.event].null_values)
                shared = replace(first.reading, cell=case([(either(fits.values()), cell)]))
                for event in group:
                    flag = self._flag(event, fits[event.event])
                    place = file.events.index(event)
                    file.events[place] = replace(event, reading=shared, stamp=first.stamp, flag=flag)

    def _tests(self, event: EventPlan, events: Mapping[str, EventColumn]) -> list[Node]:
        return self.columns.tests(events[event.event], event.file, ("source", "events", event.event))

    def _flag(self, event: EventPlan, fits: Node) -> Reading:
        return Reading(
            f"is {event.event}",
            event.reading.heading,
            event.reading.path,
            Shape.FLAG,
            case([(fits.copy(), truth(True))]),
            lambda cell: cell,
        )

    # ------------------------------------------------------------ what follows from all lines

    def finish(self) -> None:
        """Finds the columns of the lead facts that lines say, and the events that follow from others."""
        for file in self.plan.files.values():
            if file.is_log:
                for event in file.events:
                    for key, reading in event.says.items():
                        if name := self._column(event.event, key):
                            self._say(name, event, reading)
        logged = {event.event: event for file in self.plan.files.values() if file.is_log for event in file.events}
        mapped = {*(event.event for event in self.plan.events()), *self.plan.stand_ins}
        if CONTACT not in mapped and ATTEMPT in logged and logged[ATTEMPT].is_personal:
            self.plan.derived[CONTACT] = ATTEMPT
        if "handed_off_again" not in mapped and "handed_off" in logged and "returned" in mapped:
            self.plan.derived["handed_off_again"] = "handed_off"

    def _column(self, event: str, key: str) -> str | None:
        """The column of the lead facts that a line's word fills; None for what is said of the line alone."""
        if key == "reason":
            return _REASONS[event]
        if key in ("actor", "ref_id") or (key == "channel" and counted_by(event) == "activity"):
            return None
        return key if key in _KINDS else f"field_{key}"

    def _say(self, name: str, event: EventPlan, reading: Reading) -> None:
        held = {reading.name for file in self.plan.files.values() for reading in file.values} | set(self.plan.constants)
        before = self.plan.said.get(name)
        if name in held or (before is not None and before.file != event.file):
            raise UnreadableInput(
                say("{name} is said twice: keep one of both", name=Written(name.removeprefix("field_"))),
                at=At(reading.path, "key"),
            )
        readings = {**(before.readings if before else {}), event.event: reading}
        self.plan.said[name] = SaidByLines(event.file, reading.shape, readings, _PICKS.get(name, "last"))
