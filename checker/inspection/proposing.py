"""Putting a proposal together: the files and how they are joined, the leads, the events."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from checker.agreement import Agreement
from checker.agreement.source import EventColumn
from checker.errors import UnreadableInput
from checker.finding import Path
from checker.inspection.awaited import propose_awaited
from checker.inspection.columns import ExportColumn
from checker.inspection.export_file import ExportFile
from checker.inspection.field_list import field_list
from checker.inspection.happenings import (
    Events,
    Happening,
    happenings_of,
    log_columns,
    told_of_unused,
    unused_activities,
)
from checker.inspection.joins import Joined, join_of, leads_file, nearest_join, with_nearest
from checker.inspection.lead_values import LEAD_KEYS, LeadValues, in_short
from checker.inspection.moments import Moments
from checker.inspection.numbers import parts_thousands
from checker.inspection.proposal import Proposal
from checker.message import Message, Written, all_of, say, say_counted

_MOST_BLANKS = 12


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
    lists = [(file, listed) for file in files if (listed := field_list(file)) is not None]
    exports = [file for file in files if all(file is not own for own, _ in lists)]
    if not exports:
        # the list whose records are most likely the leads
        file, listed = min(lists, key=lambda own: (not own[1].is_of_leads, own[1].holds_deals))
        found = propose_awaited(file, listed, files, paths[file.label], agreement, timezone)
    else:
        found = _Proposer(exports, paths, agreement, timezone, with_fields).proposal()
        found.files = files
    for file, _ in lists:
        if file is not found.leads:
            found.note(
                ("files",), say("{file} lists fields and holds no leads: it is left out", file=file.label), False
            )
    return found


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
        self.values = LeadValues(self.found, agreement, self.used_files)

    def proposal(self) -> Proposal:
        found = self.found
        lead_id = self._checked_id()
        found.happenings = happenings_of(self.used_files, self.leads, self.events)
        if not found.happenings:
            raise self._nothing_happened()
        leads: dict[str, Any] = {"from": self.leads.name, "id": lead_id.name}
        self.values.use(self.leads, lead_id)
        leads |= self._join_values()
        for role in LEAD_KEYS:
            self._role(leads, role)
        if self.with_fields and (fields := self.values.fields()):
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
            self.values.use(file, join.column)
            self.values.use(self.leads, join.lead_column)
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
        columns = self.values.used[file.name]
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
            self.used_files,
            key=lambda own: (own is not self.leads) == (role not in ("amount", "owner", "expected_closing")),
        ):
            column = file.roles.get(role)
            if column is None or column in self.values.used[file.name]:
                continue
            if log_columns(file) is not None and role in ("owner", "return_reason", "disposition"):
                continue
            if role == "channel":
                leads[role] = self.values.channel(file, column)
            elif role == "expected_closing":
                leads[role] = self._day(file, column, ("leads", role))
            else:
                leads[role] = self.values.listed(file, column, role, ("leads", role))
            self.values.use(file, column)
            return

    def _day(self, file: ExportFile, column: ExportColumn, path: Path) -> Any:
        """A column of days that are no event's."""
        written: dict[str, Any] = {"column": self.values.named(file, column)}
        keys, said = self.moments.of_column(file, column)
        for message, is_doubt in said:
            self.found.note(path, message, is_doubt)
        if "format" in keys:
            written["format"] = keys["format"]
        return written if len(written) > 1 else written["column"]

    # ------------------------------------------------------------ events

    def _event(self, happening: Happening) -> Any:
        path: Path = ("events", happening.event)
        column, file = happening.column, happening.file
        self.values.use(file, column)
        written: dict[str, Any] = {"column": self.values.named(file, column)}
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


def _alone(values: Iterable[tuple[str, str | None]]) -> Message:
    shown = [f"{value} ({near}?)" if near else value for value, near in values]
    if not shown:
        return say("the others name no lead of this file")
    return say("not among the leads: {values}", values=all_of([in_short(value) for value in shown]))
