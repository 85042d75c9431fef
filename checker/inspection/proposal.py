"""The `source` section that an export seems to need, with what is doubtful about it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from difflib import get_close_matches
from typing import Any

from checker.agreement import Agreement
from checker.agreement.base import prose
from checker.agreement.source import EventColumn
from checker.errors import UnreadableInput
from checker.finding import Path
from checker.inspection.columns import ExportColumn
from checker.inspection.dialect import Note
from checker.inspection.export_file import ExportFile, slug
from checker.inspection.happenings import (
    Events,
    Happening,
    happenings_of,
    log_columns,
    told_of_unused,
    unused_activities,
)
from checker.inspection.joins import Joined, join_of, leads_file, nearest_join, with_nearest
from checker.inspection.moments import Moments
from checker.inspection.numbers import parts_thousands
from checker.inspection.vocabulary import is_one_of, words_of
from checker.message import Message, Written, all_of, say, say_counted

MOST_CHANNELS = 40
_MOST_FIELDS = 12
_MOST_BLANKS = 12
_LEAD_KEYS = ("channel", "campaign", "country", "persona", "owner", "score", "disposition", "return_reason",
              "merged_into", "amount")  # fmt: skip
_BUILT_IN = ("stage", "points", "mode", "last_action", "return_reason", "accepted", "channel", "persona", "all", "any",
             "none_of", "at_least", "of", "meets", "when", "otherwise", "to", "rank", "then", "name", "team", "is",
             "means", "why", "id", "owner")  # fmt: skip
_EXAMPLES = 3
_WHOSE = ("lead", "contact", "deal", "property", "company")
_NO_FIELDS = ("name", "phone", "email", "telefone", "nome", "celular", "telefono", "url", "website", "firstname",
              "lastname", "fivetran", "is deleted", "deleted")  # fmt: skip


@dataclass(frozen=True)
class DraftField:
    """A column as a field of an agreement that is still to be written."""

    id: str
    kind: str
    is_late: bool


@dataclass
class Proposal:
    """A `source` section as values, what is to be said at its keys, and what it would be judged on.

    `notes` are told by the path of the key that they concern, within the section. `files` are those that were read,
    `leads` the one with the leads. `channels` and `fields` are what an agreement has to declare so that the section
    fits; with an agreement they are empty, because only what it declares is used.
    """

    files: Sequence[ExportFile]
    leads: ExportFile
    values: dict[str, Any] = field(default_factory=dict)
    notes: dict[Path, list[Note]] = field(default_factory=dict)
    happenings: Sequence[Happening] = ()
    channels: Sequence[str] = ()
    fields: Sequence[DraftField] = ()
    used: Sequence[ExportFile] = ()
    """The files that the section reads."""
    system: str | None = None
    """The known system that all files in use come from."""

    found_by_system: Sequence[str] = ()
    """The events that were read where the section only names a known system."""

    @property
    def events(self) -> list[str]:
        return list(self.found_by_system) or [happening.event for happening in self.happenings]

    @property
    def doubts(self) -> int:
        return sum(note.is_doubt for notes in self.notes.values() for note in notes)

    def short(self) -> dict[str, Any] | None:
        """The section that only names the known system and its files; None where more has to be said of a file."""
        files = self.values["files"].values()
        if self.system is None or any(set(file) - {"path", "null_values", "each_row"} for file in files):
            return None
        paths = [file["path"] for file in files]
        short: dict[str, Any] = {"system": self.system, "timezone": self.values["timezone"], "files": paths}
        channel = self.values["leads"].get("channel")
        # what the system calls its channels is known, what they are called here is not
        if self.channels and isinstance(channel, dict):
            file, _, heading = channel["column"].partition(".")
            is_prefixed = any(own.name == file for own in self.used) and len(self.used) > 1
            short["leads"] = {"channel": {**channel, "column": heading if is_prefixed else channel["column"]}}
        return short

    def shorten(self, short: dict[str, Any], events: Sequence[str]) -> None:
        """Says the same by naming the system alone; `events` are those that were read so."""
        kept: list[Path] = [("timezone",), ("files",), ("leads", "channel")]
        self.values = short
        self.notes = {path: self.notes[path] for path in kept if path in self.notes and path[0] in short}
        self.found_by_system = sorted(events, key=Events().rank)
        self.fields = ()
        said = say("recognised by the headings; {command} prints all that it stands for",
                   command=Written("sla source show"))  # fmt: skip
        self.note(("system",), said, is_doubt=False)

    def note(self, path: Path, said: Message, is_doubt: bool = True) -> None:
        """Says something at a key."""
        notes = self.notes.setdefault(path, [])
        if all(note.said != said for note in notes):
            notes.append(Note("", said, is_doubt))


def propose(
    files: Sequence[ExportFile],
    paths: Mapping[str, str],
    agreement: Agreement | None = None,
    timezone: str | None = None,
    *,
    with_fields: bool = True,
) -> Proposal:
    """The section for these files; `paths` are where each stands, seen from the section's file.

    With an agreement, its stages, channels and fields are looked for; without, those that are usual. Raises
    UnreadableInput where no lead can be told from these files, or nothing that happened to one.
    """
    return _Proposer(files, paths, agreement, timezone, with_fields).proposal()


class _Proposer:
    def __init__(
        self,
        files: Sequence[ExportFile],
        paths: Mapping[str, str],
        agreement: Agreement | None,
        timezone: str | None,
        with_fields: bool,
    ) -> None:
        self.with_fields = with_fields
        self.files = files
        self.paths = paths
        self.agreement = agreement
        self.leads = leads_file(files)
        self.found = Proposal(files, self.leads)
        self.events = Events(agreement)
        self.moments = Moments(agreement, timezone)
        self.joins = self._joins()
        self.used_files = [self.leads, *(join.other for join in self.joins)]
        self.used: dict[str, list[ExportColumn]] = {file.name: [] for file in self.used_files}

    def proposal(self) -> Proposal:
        found = self.found
        lead_id = self._checked_id()
        found.happenings = happenings_of(self.used_files, self.leads, self.events)
        if not found.happenings:
            raise self._nothing_happened()
        leads: dict[str, Any] = {"from": self.leads.name, "id": lead_id.name}
        self._use(self.leads, lead_id)
        leads |= self._join_values()
        for role in _LEAD_KEYS:
            self._role(leads, role)
        if self.with_fields and (fields := self._fields()):
            leads["fields"] = fields
            if self.agreement is None:
                said = say("declare these under {fields} of the agreement, or take them out", fields=Written("fields:"))
                found.note(("leads", "fields"), said)
        events = {happening.event: self._event(happening) for happening in found.happenings}
        systems = {file.system[0] for file in self.used_files if file.system is not None}
        values: dict[str, Any] = {}
        found.used = self.used_files
        found.system = systems.pop() if len(systems) == 1 else None
        values["timezone"] = self.moments.zone()
        for said, is_doubt in self.moments.said():
            found.note(("timezone",), said, is_doubt)
        values["files"] = {file.name: self._file(file) for file in self.used_files}
        values["leads"] = leads
        values["events"] = events
        found.values = values
        return found

    # ------------------------------------------------------------ files and joins

    def _joins(self) -> list[Joined]:
        found = []
        for file in self.files:
            if file is not self.leads:
                join = join_of(self.leads, file)
                if join is not None:
                    found.append(join)
                else:
                    self._told_apart(file)
        return found

    def _told_apart(self, file: ExportFile) -> None:
        near = nearest_join(self.leads, file)
        if near is None or not near.matched:
            said = say("{file} is left out: no column of it names the leads of {leads}", file=file.label,
                       leads=self.leads.label)  # fmt: skip
        else:
            said = say(
                "{file} is left out: of its {rows} rows only {matched} name a lead, by {column} and {lead_column}",
                file=file.label,
                rows=near.rows,
                matched=near.matched,
                column=Written(near.column.name),
                lead_column=Written(near.lead_column.name),
            )
        self.found.note(("files",), said)

    def _join_values(self) -> dict[str, Any]:
        joins: dict[str, Any] = {}
        for join in self.joins:
            file = join.other
            path: Path = ("leads", "join", file.name)
            joins[file.name] = {"on": {join.column.name: join.lead_column.name}}
            self._use(file, join.column)
            self._use(self.leads, join.lead_column)
            by_event = file.is_by_event(join.column) or log_columns(file) is not None
            repeated = join.column.known - len(join.column.counts)
            if not by_event:
                joins[file.name]["at_most"] = "one"
                if repeated:
                    said = say_counted(
                        "{count} row has a lead that an earlier row has, and is kept out",
                        "{count} rows have a lead that an earlier row has, and are kept out",
                        count=repeated,
                    )
                    self.found.note(path, said)
            said = say(
                "{matched} of {rows} rows find their lead", matched=join.matched, rows=join.rows
            )  # fmt: skip
            self.found.note(path, said, is_doubt=False)
            if join.matched < join.rows:
                self.found.note(path, _alone(with_nearest(join)))
        return {"join": joins} if joins else {}

    def _file(self, file: ExportFile) -> dict[str, Any]:
        path: Path = ("files", file.name)
        written: dict[str, Any] = {"path": self.paths[file.label], **file.keys}
        for note in file.notes:
            self.found.note(path if note.key == "path" else (*path, note.key), note.said, note.is_doubt)
        columns = self.used[file.name]
        blanks = list(dict.fromkeys(value for column in columns for value in column.placeholders))
        if blanks:
            written["null_values"] = blanks[:_MOST_BLANKS]
            self.found.note((*path, "null_values"), say("found in the columns below, and taken for blank"), False)
        self._decimal(file, columns, written, path)
        join = next((join for join in self.joins if join.other is file), None)
        key = join.column if join is not None else file.roles["id"]
        if file.is_by_event(key) or log_columns(file) is not None:
            written["each_row"] = "is an event"
            said = say(
                "{rows} rows for {leads} values of {column}",
                rows=key.known,
                leads=len(key.counts),
                column=Written(key.name),
            )
            self.found.note((*path, "each_row"), said, is_doubt=False)
        unused = unused_activities(file, self.found.happenings)
        if unused:
            self.found.note(path, told_of_unused(unused))
        return written

    def _decimal(self, file: ExportFile, columns: Sequence[ExportColumn], written: dict[str, Any], path: Path) -> None:
        readings = [column.numbers for column in columns if column.kind == "number" and column.numbers is not None]
        marks = {reading.decimal for reading in readings if reading.decimal is not None}
        if marks == {","}:
            written["decimal"] = ","
        elif marks == {"."} and any(
            parts_thousands(column.counts, ".") for column in columns if column.kind == "number"
        ):
            written["decimal"] = "."
        elif len(marks) > 1:
            self.found.note(path, say("some columns write decimals with a comma, others with a point: which?"))
        elif not marks:
            unsure = next((reading.ambiguous[0] for reading in readings if reading.ambiguous), None)
            if unsure is not None:
                written["decimal"] = "," if "." in unsure else "."
                said = say(
                    "nothing proves what {value} is: more than a thousand, as taken here?", value=Written(unsure)
                )
                self.found.note((*path, "decimal"), said)

    # ------------------------------------------------------------ the leads

    def _checked_id(self) -> ExportColumn:
        lead_id = self.leads.roles.get("id")
        if lead_id is None:
            raise UnreadableInput(
                say(
                    "{file} has no column that names the lead: each lead needs an id that no other lead has",
                    file=self.leads.label,
                )
            )
        path: Path = ("leads", "id")
        if lead_id.blank:
            said = say_counted(
                "{count} row names no lead and is kept out",
                "{count} rows name no lead and are kept out",
                count=lead_id.blank,
            )
            self.found.note(path, said)
        if lead_id.is_personal:
            self.found.note(path, say("an address is personal data, and results name leads by it: is there a number?"))
        return lead_id

    def _nothing_happened(self) -> UnreadableInput:
        dates = [column.name for file in self.files for column in file.dates]
        labels = all_of([file.label for file in self.files])
        if dates:
            return UnreadableInput(
                say(
                    "{files}: none of the dates ({columns}) says what happened to a lead; name one for what it is, as "
                    "{example}",
                    files=labels,
                    columns=all_of(dates[:8]),
                    example=Written("MQL date"),
                )
            )
        return UnreadableInput(
            say("{files}: no column holds dates, so nothing tells what happened to a lead when", files=labels)
        )

    def _role(self, leads: dict[str, Any], role: str) -> None:
        for file in sorted(
            self.used_files, key=lambda own: (own is not self.leads) == (role not in ("amount", "owner"))
        ):
            column = file.roles.get(role)
            if column is None or column in self.used[file.name]:
                continue
            if log_columns(file) is not None and role in ("owner", "return_reason", "disposition"):
                continue
            leads[role] = (
                self._channel(file, column) if role == "channel" else self._listed(file, column, role, ("leads", role))
            )
            self._use(file, column)
            return

    def _listed(self, file: ExportFile, column: ExportColumn, role: str, path: Path) -> Any:
        """A column whose values the agreement may list under names of its own: people, reasons, campaigns."""
        names = _names_of(self.agreement, role) if self.agreement is not None else {}
        values = {value: names[words_of(value)] for value in column.counts if words_of(value) in names}
        if not any(value != name for value, name in values.items()):
            return self._value(file, column, path)
        others = [value for value in column.counts if value not in values]
        if others:
            said = say(
                "the agreement does not know {values}", values=all_of([_short(value) for value in others[:_EXAMPLES]])
            )
            self.found.note(path, said)
        return {"column": self._named(file, column), "values": values}

    def _value(self, file: ExportFile, column: ExportColumn, path: Path, several: bool = False) -> Any:
        """A column, with what its cells need to be read."""
        written: dict[str, Any] = {"column": self._named(file, column)}
        if (zero := column.not_stated) is not None:
            numbers = column.numbers
            assert numbers is not None, "zeros are numbers"
            written["null_values"] = [zero]
            said = say(
                "{zeros} of {rows} rows hold {zero}: taken for not stated, right?",
                zeros=numbers.zeros,
                rows=numbers.total,
                zero=Written(zero),
            )
            self.found.note(path, said)
        if several and column.separator is not None:
            written["separator"] = column.separator
            example = next(value for value in column.counts if column.separator in value)
            self.found.note(
                path, say("several values in one cell, as in {example}", example=Written(example[:60])), False
            )
        return written if len(written) > 1 else written["column"]

    def _named(self, file: ExportFile, column: ExportColumn) -> str:
        return f"{file.name}.{column.name}" if len(self.used_files) > 1 else column.name

    def _use(self, file: ExportFile, column: ExportColumn) -> None:
        if column not in self.used[file.name]:
            self.used[file.name].append(column)

    # ------------------------------------------------------------ channels

    def _channel(self, file: ExportFile, column: ExportColumn) -> Any:
        path: Path = ("leads", "channel")
        known = list(self.agreement.channels) if self.agreement is not None else []
        by_count = sorted(column.counts, key=lambda value: (-column.counts[value], value))
        values: dict[str, str] = {}
        unknown: list[str] = []
        for value in by_count[:MOST_CHANNELS]:
            name = _near(value, known, self.agreement) if known else slug(value, "channel")
            if name is None:
                unknown.append(value)
            else:
                values[value] = name
        written: dict[str, Any] = {"column": self._named(file, column)}
        if values:
            written["values"] = values
        rest = by_count[MOST_CHANNELS:]
        if rest and values and (not known or "other" in known):
            written["other"] = "other"
            said = say_counted(
                "{count} rarer value is other", "{count} rarer values are other", count=len(rest)
            )  # fmt: skip
            self.found.note(path, said)
        elif rest:
            unknown += rest
        if unknown:
            said = say(
                "no channel of the agreement is called {values}: which one is it?",
                values=all_of([_short(value) for value in unknown[:_EXAMPLES]]),
            )
            self.found.note(path, said)
        if column.blank and (not known or "unknown" in known):
            written["blank"] = "unknown"
            said = say_counted(
                "{count} blank is the channel unknown", "{count} blanks are the channel unknown", count=column.blank
            )
            self.found.note(path, said)
        if not known:
            channels = [*values.values(), *([written["other"]] if "other" in written else []),
                        *([written["blank"]] if "blank" in written else [])]  # fmt: skip
            self.found.channels = list(dict.fromkeys(channels))
        return written if len(written) > 1 else written["column"]

    # ------------------------------------------------------------ fields

    def _fields(self) -> dict[str, Any]:
        if self.agreement is not None:
            return self._declared_fields(self.agreement)
        found: dict[str, Any] = {}
        drafts: list[DraftField] = []
        for file in self.used_files:
            if log_columns(file) is not None:
                continue
            for column in file.usable:
                if len(drafts) == _MOST_FIELDS:
                    break
                kind = _field_kind(column)
                if kind is None or column in self.used[file.name] or self._is_taken(file, column):
                    continue
                name = slug(column.name, "field")
                if name in _BUILT_IN or name in _LEAD_KEYS:
                    name = f"{file.name}_{name}"
                if name in found:
                    continue
                found[name] = self._value(file, column, ("leads", "fields", name), several=kind == "text")
                drafts.append(DraftField(name, kind, file is not self.leads))
                self._use(file, column)
        self.found.fields = drafts
        return found

    def _is_taken(self, file: ExportFile, column: ExportColumn) -> bool:
        by_test = any(own.file is file and column.name in own.when for own in self.found.happenings)
        return by_test or column is file.roles.get("stage")

    def _declared_fields(self, agreement: Agreement) -> dict[str, Any]:
        found: dict[str, Any] = {}
        for name, declared in agreement.fields.items():
            said = prose(declared.name, agreement.language) if declared.name else name
            wanted = {words_of(name), words_of(said)}
            for file in self.used_files:
                column = next((own for own in file.usable if _bare(own.name) & wanted), None)
                if column is not None:
                    path: Path = ("leads", "fields", name)
                    if declared.is_ == "seller":
                        found[name] = self._listed(file, column, "owner", path)
                    else:
                        found[name] = self._value(file, column, path, declared.is_ in ("text", "list of actions"))
                    self._use(file, column)
                    break
        return found

    # ------------------------------------------------------------ events

    def _event(self, happening: Happening) -> Any:
        path: Path = ("events", happening.event)
        column, file = happening.column, happening.file
        self._use(file, column)
        written: dict[str, Any] = {"column": self._named(file, column)}
        keys, said = self.moments.of_column(file, column)
        written |= keys
        for message, is_doubt in said:
            self.found.note(path, message, is_doubt)
        for message in happening.doubts:
            self.found.note(path, message)
        if happening.when:
            written["when"] = {
                name: list(values) if len(values) > 1 else values[0] for name, values in happening.when.items()
            }
        if happening.sets:
            written["set"] = dict(happening.sets)
        if happening.is_personal:
            written["personal"] = True
        EventColumn.model_validate(written)
        return written if len(written) > 1 else written["column"]


# ---------------------------------------------------------------- words


def _near(value: str, known: Sequence[str], agreement: Agreement | None) -> str | None:
    """The channel of the agreement that a text means: the same words, or nearly."""
    names = {name: name for name in known}
    if agreement is not None:
        for name, channel in agreement.channels.items():
            if channel.name:
                names[slug(prose(channel.name, agreement.language), "channel")] = name
    own = slug(value, "channel")
    if own in names:
        return names[own]
    near = get_close_matches(own, list(names), n=1, cutoff=0.8)
    if near:
        return names[near[0]]
    # `direct traffic` is direct, where only one channel begins like that
    beginning = [name for key, name in names.items() if set(own.split("_")) & set(key.split("_"))]
    return beginning[0] if len(set(beginning)) == 1 else None


def _names_of(agreement: Agreement, role: str) -> dict[str, str]:
    """How the entries of a section are called, in plain words -> their ids."""
    sections = agreement.sections
    entries: list[tuple[str, Any]] = []
    if role == "owner":
        entries = [*(sections.people or {}).items(), *(sections.sellers or {}).items()]
    elif role == "return_reason":
        entries = list((sections.return_reasons or {}).items())
    elif role == "campaign":
        entries = list((sections.campaigns or {}).items())
    found: dict[str, str] = {}
    for name, entry in entries:
        found[words_of(name)] = name
        if getattr(entry, "name", None):
            found[words_of(prose(entry.name, agreement.language))] = name
    return found


def _bare(heading: str) -> set[str]:
    """A heading in plain words, also without the word that says whose it is."""
    words = words_of(heading)
    whose, _, rest = words.partition(" ")
    return {words, rest} if whose in _WHOSE and rest else {words}


def _field_kind(column: ExportColumn) -> str | None:
    """The type of field that a column would be; None for what is better not a field: names, ids, dates, free text."""
    words = words_of(column.name)
    if column.is_personal or "id" in words.split() or is_one_of(column.name, _NO_FIELDS):
        return None
    if len(column.counts) < 2:
        return None
    if column.kind == "yes or no":
        return "yes or no"
    if column.kind == "number" and column.numbers is not None:
        if column.not_stated is not None or column.numbers.has_currency:
            return "money"
        return "whole number" if column.numbers.is_whole else "number"
    is_word = column.kind == "text" and len(column.counts) <= max(40, len(column.cells) // 100)
    comes_again = len(column.counts) <= 5 or len(column.counts) <= 0.5 * column.known
    return "text" if is_word and comes_again else None


def _alone(values: Iterable[tuple[str, str | None]]) -> Message:
    shown = [f"{value} ({near}?)" if near else value for value, near in values]
    if not shown:
        return say("the others name no lead of this file")
    return say("not among the leads: {values}", values=all_of([_short(value) for value in shown]))


def _short(value: str) -> str:
    return value if len(value) <= 40 else value[:39] + "…"
