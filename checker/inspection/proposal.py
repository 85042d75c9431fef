"""The `source` section that an export seems to need, with what is doubtful about it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from checker.finding import Path
from checker.inspection.dialect import Note
from checker.inspection.export_file import ExportFile
from checker.inspection.field_list import FieldList
from checker.inspection.happenings import Events, Happening
from checker.message import Message, Written, say


@dataclass(frozen=True)
class DraftField:
    """A column as a field of an agreement that is still to be written."""

    id: str
    kind: str
    is_late: bool


@dataclass(frozen=True)
class Awaited:
    """An export that nobody has seen: its name in the section, where it is looked for, and the fields it will have."""

    name: str
    path: str
    listed: FieldList


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
    awaited: Awaited | None = None
    """The export that the section reads, where it is still to be made: `leads` is then what lists its fields."""

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
