"""A source of a known system, written out as any other: nothing that a preset knows is hidden."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from pathlib import Path
from types import MappingProxyType
from typing import Any

from checker.agreement import Agreement
from checker.agreement.base import as_list
from checker.agreement.events import became
from checker.agreement.source import NOT_THERE, Source, SystemSource
from checker.errors import UnreadableInput
from checker.finding import At
from checker.funnel.presets.exports import Export, exports_of, other_files
from checker.funnel.presets.preset import STAGE, Preset, Way, plain, preset
from checker.funnel.presets.stages import MetStage, met_stages, same_letters, spellings
from checker.message import Written, any_of, say

NO_OVERRIDES: Mapping[str, Path] = MappingProxyType({})
_HANDOFF = "handoff"
_BESIDE = ("actions", "totals", "log", "coverage", "rejects", "link")
_OF_A_SYSTEM = ("from", "id", "join", "fields")


def written_out(agreement: Agreement, folder: Path, overrides: Mapping[str, Path] = NO_OVERRIDES) -> Agreement:
    """The agreement with its source written out; itself where that comes from no known system.

    Takes the same as `checker.funnel.open_funnel`. Raises UnreadableInput where a file is not known, or a column or
    the name of a stage is missing.
    """
    source = agreement.sections.source
    if not isinstance(source, SystemSource):
        return agreement
    written: Mapping[str, Any] = agreement.written["source"]
    known = preset(source.system)
    exports = exports_of(source, written["files"], known, folder, overrides)
    section = _Expansion(agreement, source, written, known, exports).section()
    sections = agreement.sections.model_copy(update={"source": Source.model_validate(section)})
    values = {**agreement.written, "source": section}
    return Agreement(sections, agreement.broken, agreement.problems, values, agreement.unread, agreement.edited)


class _Expansion:
    def __init__(
        self,
        agreement: Agreement,
        source: SystemSource,
        written: Mapping[str, Any],
        known: Preset,
        exports: Mapping[str, Export],
    ) -> None:
        self.agreement = agreement
        self.source = source
        self.written = written
        self.known = known
        self.exports = exports

    def section(self) -> dict[str, Any]:
        """What would stand under `source:` without the preset."""
        events = self._events()
        found: dict[str, Any] = {"timezone": self.written["timezone"]} if "timezone" in self.written else {}
        found["files"] = {export.name: self._file(export) for export in self.exports.values()}
        found["files"] |= {name: self.written["files"][name] for name in sorted(other_files(self.source))}
        found["leads"] = self._leads(events)
        if events:
            found["events"] = events
        return found | {key: self.written[key] for key in _BESIDE if key in self.written}

    def _file(self, export: Export) -> dict[str, Any]:
        each_row = self.known.files[export.kind].each_row
        return dict(export.written) | ({"each_row": each_row} if each_row else {})

    # ------------------------------------------------------------ columns

    def _column(self, written: str, stage: MetStage | None = None) -> str | None:
        """The heading that a preset's `file.column` stands for, as the source section names it; None if not there."""
        kind, _, name = written.partition(".")
        export = self.exports.get(kind)
        heading = export and self.known.column(kind, name, export.headings, stage.names if stage else ())
        if export is None or not heading:
            return None
        return self._named(export, heading)

    def _named(self, export: Export, heading: str) -> str:
        """A heading, with its file's name where there are several files."""
        is_alone = len(self.exports) == 1 and not other_files(self.source)
        return heading if is_alone else f"{export.name}.{heading}"

    def _first(self, ways: Iterable[Way], stage: MetStage | None = None, are_moments: bool = True) -> Any:
        """The first of several ways whose columns are all there, as the source section says it; None if none is."""
        return next((found for way in ways if (found := self._way(way, stage, are_moments)) is not None), None)

    def _way(self, way: Way, stage: MetStage | None, are_moments: bool) -> Any:
        said: dict[str, Any] = {"column": way} if isinstance(way, str) else dict(way)
        if said.pop("without_file", None) in self.exports:
            return None
        column = self._column(said["column"], stage)
        tests = {self._column(name): self._cells(cells, stage) for name, cells in said.get("when", {}).items()}
        if column is None or None in tests or None in tests.values():
            return None
        found: dict[str, Any] = {"column": column} | (self._format(said["column"]) if are_moments else {})
        if "midnight" in said:
            found["midnight"] = said["midnight"]
        if tests:
            found["when"] = tests
        if says := {key: told for key, name in said.get("set", {}).items() if (told := self._column(name))}:
            found["set"] = says
        if "personal" in said:
            found["personal"] = said["personal"]
        return column if list(found) == ["column"] else found

    def _format(self, written: str) -> dict[str, Any]:
        """How the source says that the dates of a column are written."""
        kind, _, name = written.partition(".")
        dates = self.source.dates
        if dates is None:
            return {}
        is_day = name in (self.known.files[kind].days or ())
        said = (dates.day or dates.moment) if is_day else (dates.moment or dates.day)
        return {"format": said}

    def _cells(self, cells: Any, stage: MetStage | None) -> Any:
        """What a test asks of a cell; None where that is the name of a stage which nobody has said."""
        if cells != STAGE:
            return cells
        if stage is None or not (stage.is_said or stage.is_known):
            return None
        return list(stage.names) if len(stage.names) > 1 else stage.names[0]

    # ------------------------------------------------------------ leads

    def _leads(self, events: Mapping[str, Any]) -> dict[str, Any]:
        own: Mapping[str, Any] = self.written.get("leads", {})
        export = self.exports[self.known.leads_kind]
        found: dict[str, Any] = {"from": own.get("from", export.name)}
        found["id"] = own.get("id") or self.known.column(export.kind, "id", export.headings)
        if joined := self._joins() | dict(own.get("join", {})):
            found["join"] = joined
        for key, ways in self.known.leads.items():
            column = self._first(ways, are_moments=False)
            if key not in own and column is not None and self._is_asked(key) and not _is_said(key, events):
                values = self._values(key)
                found[key] = {"column": column, "values": values} if values else column
        found |= {key: value for key, value in own.items() if key not in _OF_A_SYSTEM}
        if fields := self._fields(found) | dict(own.get("fields", {})):
            found["fields"] = fields
        return found

    def _joins(self) -> dict[str, Any]:
        found: dict[str, Any] = {}
        leads = self.exports[self.known.leads_kind]
        for export in self.exports.values():
            kind = self.known.files[export.kind]
            for own, of_lead in (kind.join or {}).items():
                name = of_lead.partition(".")[2]
                on = self._key(export, own), self._key(leads, name)
                found[export.name] = {"on": dict([on])} | ({"at_most": kind.at_most} if kind.at_most else {})
        return found

    def _key(self, export: Export, name: str) -> str:
        heading = self.known.column(export.kind, name, export.headings)
        if heading is not None:
            return heading
        raise UnreadableInput(
            say(
                "{file} has no column {headings}, by which rows and leads of {system} find each other: export it along",
                file=export.label,
                headings=any_of(self.known.files[export.kind].columns[name][:3]),
                system=self.known.system,
            ),
            at=At(("source", "files")),
        )

    def _is_asked(self, key: str) -> bool:
        """Whether the agreement has a use for what is known of a lead."""
        sections = self.agreement.sections
        asked = {
            "campaign": sections.campaigns,
            "persona": sections.personas,
            "country": self.agreement.fields.get("country"),
            "score": sections.points,
            "return_reason": sections.return_reasons,
        }
        return key not in asked or bool(asked[key])

    def _values(self, key: str) -> dict[str, str]:
        """What the system writes for the agreement's own names: cell -> name."""
        sections = self.agreement.sections
        named: Mapping[str, Any] = {}
        if key == "channel":
            named = {
                name: [*self.known.channels.get(name, ()), *spellings(name, channel.name)]
                for name, channel in self.agreement.channels.items()
            }
        elif key == "owner":
            named = {name: spellings(name, person.name) for name, person in (sections.people or {}).items()}
        elif key == "persona":
            named = {name: spellings(name, persona.name) for name, persona in (sections.personas or {}).items()}
        elif key == "return_reason":
            named = {name: spellings(name, None) for name in sections.return_reasons or {}}
        found: dict[str, tuple[str, str]] = {}
        for name, cells in named.items():
            for cell in [*cells, name]:
                # small and capital letters are the same to the reader
                found.setdefault(cell.casefold(), (cell, name))
        return dict(found.values())

    def _fields(self, said: Mapping[str, Any]) -> dict[str, Any]:
        """The agreement's fields that are called like a column of the leads."""
        export = self.exports[self.known.leads_kind]
        own = self.written.get("leads", {}).get("fields", {})
        found: dict[str, Any] = {}
        for name, field in self.agreement.fields.items():
            if name in own or name in said:
                continue
            names = [name, *spellings(name, field.name)]
            for heading in export.headings:
                if any(same_letters(other, self.known.bare(heading)) for other in names):
                    column = self._named(export, heading)
                    is_list = field.is_ == "list of actions" and self.known.separator is not None
                    found[name] = {"column": column, "separator": self.known.separator} if is_list else column
                    break
        return found

    # ------------------------------------------------------------ events

    def _events(self) -> dict[str, Any]:
        own: Mapping[str, Any] = self.written.get("events", {})
        found: dict[str, Any] = {}
        for stage in met_stages(self.agreement, self.source, self.known):
            if became(stage.id) not in own:
                found[became(stage.id)] = self._stage(stage)
        handoff = self.agreement.sections.handoff
        for event, ways in self.known.events.items():
            if event in own:
                continue
            read = self._first(way for way in ways if isinstance(way, str) or "same_as" not in way)
            stands_in = any(isinstance(way, dict) and way.get("same_as") == _HANDOFF for way in ways)
            if read is not None:
                found[event] = read
            elif stands_in and handoff is not None and became(handoff.stage) in found:
                found[event] = {"same_as": became(handoff.stage)}
        found |= own
        return {event: found[event] for event in self.agreement.events if event in found}

    def _stage(self, stage: MetStage) -> Any:
        found = self._first(stage.ways, stage)
        if found is not None:
            return found
        leave_out = Written(f"stages: {{{stage.id}: {NOT_THERE}}}")
        if not stage.is_said and not stage.is_known:
            raise UnreadableInput(
                say(
                    "what does {system} call the stage {stage}? add {line} to the source, with its name there (such as "
                    "{names}), or {leave_out}",
                    system=self.known.system,
                    stage=Written(stage.id),
                    line=Written(f"stages: {{{stage.id}: …}}"),
                    names=any_of([known.called[0] for known in self.known.stages]),
                    leave_out=leave_out,
                ),
                at=At(("source", "system")),
            )
        at = At(("source", "stages", stage.id) if stage.is_said else ("source", "system"))
        columns, files = self._lacking(stage)
        if not columns and not files:
            raise UnreadableInput(
                say(
                    "{system} exports no date of the stage {stage}: write {leave_out}, or say under {events} what "
                    "stands in for it",
                    system=self.known.system,
                    stage=Written(stage.id),
                    leave_out=leave_out,
                    events=Written("events:"),
                ),
                at=at,
            )
        columns_said = say("the column {headings}", headings=any_of(columns))
        files_said = say("the export of {files}", files=any_of(files))
        if columns and files:
            what = say("{columns}, or {files}", columns=columns_said, files=files_said)
        else:
            what = columns_said if columns else files_said
        raise UnreadableInput(
            say(
                "no file says when a lead came to the stage {stage}: add {what}, or write {leave_out}",
                stage=Written(stage.id),
                what=what,
                leave_out=leave_out,
            ),
            at=at,
        )

    def _lacking(self, stage: MetStage) -> tuple[list[str], list[str]]:
        """What would say when a stage was reached: columns of the files that are there, and other files."""
        columns: dict[str, None] = {}
        files: dict[str, None] = {}
        for way in stage.ways:
            said = {"column": way} if isinstance(way, str) else way
            asked = [str(said["column"]), *said.get("when", {})]
            kind = asked[0].partition(".")[0]
            if kind not in self.exports:
                files[self.known.files[kind].called] = None
            elif missing := [name for name in asked if self._column(name, stage) is None]:
                headings = self.known.files[kind].columns[missing[0].partition(".")[2]]
                columns |= dict.fromkeys(_filled_in(headings, stage)[:2])
        return list(columns), list(files)


def _filled_in(headings: Iterable[str], stage: MetStage) -> list[str]:
    """Headings with the stage's name in them, the two spellings that people meet most."""
    name = stage.names[0]
    begins_with_vowel = name[:1].casefold() in tuple("aeio")
    fitting = [heading for heading in headings if f" {'a' if begins_with_vowel else 'an'} {STAGE}" not in heading]
    return [heading.replace(STAGE, name if " " in heading else plain(name)) for heading in fitting]


def _is_said(key: str, events: Mapping[str, Any]) -> bool:
    """Whether lines of a log say already what a key of `leads` would say."""
    by_lines = {"amount": "amount", "owner": "owner", "disposition": "reason", "return_reason": "reason"}
    of = {"disposition": ("lost",), "return_reason": ("returned",)}.get(key, tuple(events))
    written = (events[event] for event in of if isinstance(events.get(event), Mapping))
    return key in by_lines and any(by_lines[key] in as_list(list(said.get("set", ()))) for said in written)
