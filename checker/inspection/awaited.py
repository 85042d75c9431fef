"""The section for an export that is still to be made: told by a list of the fields that it will have."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import PurePosixPath
from typing import Any

from checker.agreement import Agreement
from checker.agreement.base import prose
from checker.errors import UnreadableInput
from checker.finding import Path
from checker.inspection.columns import ExportColumn
from checker.inspection.export_file import ExportFile
from checker.inspection.field_list import FieldList, ListedField
from checker.inspection.happenings import Events, Happening, is_closing
from checker.inspection.lead_values import LEAD_KEYS, bare_names
from checker.inspection.moments import Moments
from checker.inspection.proposal import Awaited, Proposal
from checker.inspection.vocabulary import ROLES, meant_by, words_of
from checker.message import Message, Written, all_of, any_of, say

_IDS = {"HubSpot": "hs_object_id", "Salesforce": "Id", "Marketo": "id"}
"""What systems call the number of a record, where a list leaves it out."""
_MOST_SAID = 3
_SURE = 0
"""The rank of a field whose very words are usual for a role."""


def propose_awaited(
    file: ExportFile,
    listed: FieldList,
    files: Sequence[ExportFile],
    path: str,
    agreement: Agreement | None = None,
    timezone: str | None = None,
) -> Proposal:
    """The section for the export of the records whose fields a file lists; `path` is where that file stands.

    The export is thought to be beside it, which is the first doubt. `files` are all that were looked at. Raises
    UnreadableInput where no field tells what happened to a lead.
    """
    name = "deal" if listed.holds_deals else "lead"
    awaited = Awaited(name, str(PurePosixPath(path).with_name(f"{name}s.csv")), listed)
    found = Proposal(files, file, awaited=awaited)
    return _Proposer(found, awaited, file, agreement, timezone).proposal()


@dataclass(frozen=True, slots=True)
class _Candidate:
    """A field that may have a role or be an event: the lower the rank, the surer."""

    rank: tuple[int, int]
    field: ListedField


class _Proposer:
    def __init__(
        self, found: Proposal, awaited: Awaited, file: ExportFile, agreement: Agreement | None, timezone: str | None
    ) -> None:
        self.found = found
        self.awaited = awaited
        self.listed = awaited.listed
        self.file = file
        self.agreement = agreement
        self.events = Events(agreement)
        self.moments = Moments(agreement, timezone)
        self.taken: list[ListedField] = []

    def proposal(self) -> Proposal:
        found, awaited = self.found, self.awaited
        found.happenings = self._happenings()
        self._ask_for_the_file()
        # nobody has seen a moment of the export yet: none may name its zone
        self.moments.needs_zone = True
        leads: dict[str, Any] = {"from": awaited.name, "id": self._id()}
        leads |= self._roles()
        if fields := self._fields():
            leads["fields"] = fields
        found.values = {
            "timezone": self.moments.zone(),
            "files": {awaited.name: {"path": awaited.path}},
            "leads": leads,
            "events": {happening.event: happening.column.name for happening in found.happenings},
        }
        for said, is_doubt in self.moments.said():
            found.note(("timezone",), said, is_doubt)
        self._ask_for_the_headings()
        found.note(
            ("events",),
            say(
                "read as {day} or {moment}; where the export writes dates otherwise, {command} tells how",
                day=Written("2027-03-31"),
                moment=Written("2027-03-31 14:05"),
                command=Written("sla source inspect"),
            ),
            is_doubt=False,
        )
        for happening in found.happenings:
            for doubt in happening.doubts:
                found.note(("events", happening.event), doubt)
        return found

    def _ask_for_the_file(self) -> None:
        path: Path = ("files",)
        self.found.note(path, which_file(self.file.label, self.listed))
        if self.listed.others:
            said = say("{file} lists the fields of {others} too: they are left out", file=self.file.label,
                       others=all_of(list(self.listed.others)))  # fmt: skip
            self.found.note(path, said, is_doubt=False)

    def _ask_for_the_headings(self) -> None:
        used = [field for field in self.taken if words_of(field.label) != words_of(field.name)] or self.taken
        example = next((field for field in used if field.label != field.name), None)
        if example is not None:
            said = say(
                "are the export's headings as programs write them ({name}), or as people see them ({label})?",
                name=Written(example.name),
                label=Written(example.label),
            )
            self.found.note(("leads",), said)

    # ------------------------------------------------------------ what happened

    def _happenings(self) -> list[Happening]:
        chosen: dict[str, _Candidate] = {}
        for place, field in enumerate(self.listed.fields):
            if not field.is_date:
                continue
            for text in dict.fromkeys((field.name, field.label)):
                named = self.events.of_text(text)
                if named is None or named[0] == "contact_attempt":
                    continue
                candidate = _Candidate((-named[1], place), field)
                if named[0] not in chosen or candidate.rank < chosen[named[0]].rank:
                    chosen[named[0]] = candidate
        created = self.events.named("created")
        if self.listed.holds_deals and created in chosen:
            # the day on which a deal was created is that of the opportunity
            about = self.events.named("opportunity")
            candidate = chosen.pop(created)
            if about is not None:
                chosen.setdefault(about, candidate)
        if not chosen:
            raise self._nothing_happens()
        found = [self._happening(event, candidate) for event, candidate in chosen.items()]
        return sorted(found, key=lambda happening: self.events.rank(happening.event))

    def _happening(self, event: str, candidate: _Candidate) -> Happening:
        field, sureness = candidate.field, -candidate.rank[0]
        self.taken.append(field)
        doubts: list[Message] = []
        if sureness == 2:
            doubts.append(say("its name seems to say so: right?"))
        if event == self.events.named("won") and is_closing(field.name):
            doubts.append(say("every row with this date counts as won: right?"))
        return Happening(event, self.file, ExportColumn(field.name, 0, ()), doubts=doubts)

    def _nothing_happens(self) -> UnreadableInput:
        dates = [field.name for field in self.listed.fields if field.is_date]
        if not dates:
            return UnreadableInput(
                say(
                    "{file} lists the fields of leads and holds none; no field is a date, so nothing would tell what "
                    "happened to a lead when",
                    file=self.file.label,
                )
            )
        return UnreadableInput(
            say(
                "{file} lists the fields of leads and holds none; no date ({columns}) would say what happened to a "
                "lead: name one for what it is, as {example}",
                file=self.file.label,
                columns=all_of(dates[:8]),
                example=Written("MQL date"),
            )
        )

    # ------------------------------------------------------------ what is known of a lead

    def _id(self) -> str:
        candidates = list(self._candidates("id"))
        if candidates:
            field = min(candidates, key=lambda candidate: candidate.rank).field
            self.taken.append(field)
            return field.name
        self.found.note(("leads", "id"), say("the list names no id: which column of the export names the lead?"))
        return _IDS.get(self.listed.system or "", "id")

    def _roles(self) -> Mapping[str, str]:
        found: dict[str, str] = {}
        for role in LEAD_KEYS:
            ranked = sorted(self._candidates(role), key=lambda candidate: candidate.rank)
            if not ranked:
                continue
            field = ranked[0].field
            found[role] = field.name
            self.taken.append(field)
            path: Path = ("leads", role)
            others = [own.field.name for own in ranked[1:] if own.rank[0] == ranked[0].rank[0]]
            if others:
                said = say("or is it {others}?", others=any_of(others[:_MOST_SAID]))
                self.found.note(path, said)
            elif ranked[0].rank[0] > _SURE:
                self.found.note(path, say("its name seems to say so: right?"))
            if role == "channel":
                said = say(
                    "once its values are known, {command} names each by a channel of yours",
                    command=Written("sla source inspect"),
                )
                self.found.note(path, said, is_doubt=False)
        return found

    def _candidates(self, role: str) -> Iterator[_Candidate]:
        """The fields that may have a role: those whose very words are usual for it, then those that hold such words."""
        phrases = ROLES[role]
        for place, field in enumerate(self.listed.fields):
            if field in self.taken or field.is_date or field.is_yes_or_no:
                continue
            ranks = []
            for text in (field.name, field.label):
                meant = meant_by(text, ROLES)
                if meant is None or meant.meaning != role:
                    continue
                if meant.sureness == 3:
                    words = words_of(text)
                    ranks.append((_SURE, phrases.index(words) if words in phrases else len(phrases)))
                elif role != "id":
                    ranks.append((_SURE + 1, place))
            if ranks:
                yield _Candidate(min(ranks), field)

    def _fields(self) -> Mapping[str, str]:
        """The agreement's fields that the list knows."""
        found: dict[str, str] = {}
        declared = self.agreement.fields if self.agreement is not None else {}
        for name, said in declared.items():
            spoken = prose(said.name, self.agreement.language) if self.agreement is not None and said.name else name
            wanted = {words_of(name), words_of(spoken)}
            fitting = (own for own in self.listed.fields if (bare_names(own.name) | bare_names(own.label)) & wanted)
            field = next(fitting, None)
            if field is not None:
                found[name] = field.name
        return found


def which_file(label: str, listed: FieldList) -> Message:
    """The question that a list of fields leaves open."""
    if listed.holds_deals:
        return say("which file holds the deals? {file} only lists their fields", file=label)
    if listed.system is None:
        return say("which file holds the leads? {file} only lists their fields", file=label)
    return say(
        "which file holds the leads of {system}? {file} only lists their fields", system=listed.system, file=label
    )
