"""The files of a known system: which of its exports each one is, and what their headings are."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from checker.agreement.base import as_list
from checker.agreement.source import File, SystemSource
from checker.errors import UnreadableInput
from checker.finding import At
from checker.finding import Path as Spot
from checker.funnel.csv_rows import csv_headings
from checker.funnel.duckdb_engine import DuckdbEngine
from checker.funnel.files import ALL_FILES, Located, locate_files
from checker.funnel.headings import FileHeadings
from checker.funnel.parquet_rows import parquet_headings
from checker.funnel.presets.preset import STAGE, Preset
from checker.funnel.presets.preset import preset as preset_of
from checker.funnel.presets.recognition import recognised
from checker.message import Written, all_of, any_of, say


@dataclass(frozen=True, slots=True)
class Export:
    """A file of a known kind: the name that the rest of the section calls it by, what people call it, its headings, and
    what the section says of it.
    """

    kind: str
    name: str
    label: str
    headings: list[str]
    written: Mapping[str, Any]


def exports_of(
    source: SystemSource, written: Any, preset: Preset, folder: Path, overrides: Mapping[str, Path]
) -> dict[str, Export]:
    """Kind of file -> the file. `written` is what stands under `files`.

    Raises UnreadableInput for files that are not there, are no such export or are two of a kind, and where the leads
    are missing.
    """
    found: dict[str, Export] = {}
    for export in _exports(source, written, preset, folder, overrides):
        if export.kind in found:
            raise UnreadableInput(
                say(
                    "{first} and {second} are both {called} of {system}: put them into one folder, and name the folder",
                    first=found[export.kind].label,
                    second=export.label,
                    called=Written(preset.files[export.kind].called),
                    system=preset.system,
                ),
                at=At(("source", "files")),
            )
        found[export.kind] = export
    leads = preset.leads_kind
    if not found:
        raise UnreadableInput(
            say("no file is an export of {system}", system=preset.system), at=At(("source", "files"), "key")
        )
    if leads not in found:
        raise UnreadableInput(
            say(
                "the export of {called} from {system}, with one row a lead, is missing: there is only {files}",
                called=Written(preset.files[leads].called),
                system=preset.system,
                files=all_of([export.label for export in found.values()]),
            ),
            at=At(("source", "files")),
        )
    return found


def other_files(source: SystemSource) -> set[str]:
    """The files that the source itself uses for something else than the system's exports: totals, logs and such."""
    beside = [source.actions, *(source.totals or {}).values(), *(source.log or {}).values()]
    joined = (source.leads.join if source.leads else None) or {}
    names = {*joined, *(said.from_ for said in beside if said is not None)}
    return names.intersection(source.files) if isinstance(source.files, dict) else set()


def _exports(
    source: SystemSource, written: Any, preset: Preset, folder: Path, overrides: Mapping[str, Path]
) -> Iterator[Export]:
    replaced: Mapping[str, Path] = {}
    packed: Mapping[str, Path] = {}
    if isinstance(source.files, list):
        replaced = {name: path for name, path in overrides.items() if name in preset.files}
        packed = _packed(preset, overrides.get(ALL_FILES))
        replaced = {**packed, **replaced}
    for kind, path in replaced.items():
        located = locate_files({kind: File(path="-")}, [kind], folder, {kind: path})[kind]
        yield Export(kind, kind, located.label, list(_headings(located).names), {"path": str(path)})
    if packed:
        return
    for place in _places(source, written, folder, overrides):
        headings = _headings(place.located)
        known = recognised(headings.names, source.system)
        if known is None:
            raise _unknown(headings, preset, At(place.path))
        _, kind = known
        if kind not in replaced:
            name = kind if place.name is None else place.name
            yield Export(kind, name, place.located.label, list(headings.names), place.written)


def _packed(preset: Preset, folder: Path | None) -> dict[str, Path]:
    """The files of a folder that are called by what they are, as packed ones are: where one is, all are."""
    if folder is None:
        return {}
    return {kind: path for kind in preset.files if (path := folder / f"{kind}.parquet").is_file()}


@dataclass(frozen=True, slots=True)
class _Place:
    """A file of the section: its name where it has one, where the section names it, and what it says."""

    name: str | None
    path: Spot
    located: Located
    written: Mapping[str, Any]


def _places(source: SystemSource, written: Any, folder: Path, overrides: Mapping[str, Path]) -> Iterator[_Place]:
    if isinstance(source.files, dict):
        others = other_files(source)
        names = [name for name in source.files if name not in others]
        for name, located in locate_files(source.files, names, folder, overrides).items():
            yield _Place(name, ("source", "files", name), located, dict(written[name]))
        return
    elsewhere = {name: path for name, path in overrides.items() if name == ALL_FILES}
    for index, path in enumerate(source.files):
        located = locate_files({path: File(path=path)}, [path], folder, elsewhere)[path]
        yield _Place(None, ("source", "files", index), located, {"path": path})


def _headings(located: Located) -> FileHeadings:
    if located.kind == "csv":
        return csv_headings(located)[0]
    engine = DuckdbEngine()
    try:
        return parquet_headings(engine, located)[0]
    finally:
        engine.close()


def _unknown(headings: FileHeadings, preset: Preset, at: At) -> UnreadableInput:
    """What is said of a file that is no known export: what it lacks of the one that it is most like."""
    if headings.hint is not None:
        return UnreadableInput(
            say(
                "{file} is not known as an export of {system}: {hint}",
                file=headings.label,
                system=preset.system,
                hint=headings.hint,
            ),
            at=at,
        )
    names = list(headings.names)
    if other := recognised(names):
        return UnreadableInput(
            say(
                "{file} is no export of {system}, but seems to be one of {other}: write {line}",
                file=headings.label,
                system=preset.system,
                other=preset_of(other[0]).system,
                line=Written(f"system: {other[0]}"),
            ),
            at=at,
        )
    known = {kind: preset.known(kind, names) for kind in preset.files}
    nearest = max(known, key=lambda kind: len(known[kind]))
    file = preset.files[nearest]
    lacking = [as_list(one_of) for one_of in file.known_by if not known[nearest].intersection(as_list(one_of))]
    if not known[nearest] or not lacking:
        return UnreadableInput(
            say(
                "{file} is not known as an export of {system}: {kinds} are",
                file=headings.label,
                system=preset.system,
                kinds=all_of([kind.called for kind in preset.files.values()]),
            ),
            at=at,
        )
    of_each = 3 if len(lacking[0]) == 1 else 1
    spellings = [heading for name in lacking[0] for heading in file.columns[name][:of_each] if STAGE not in heading]
    return UnreadableInput(
        say(
            "{file} looks like {called} of {system}, but has no column {headings}: export it along",
            file=headings.label,
            called=Written(file.called),
            system=preset.system,
            headings=any_of(spellings),
        ),
        at=at,
    )
