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
from checker.funnel.csv_rows import csv_headings
from checker.funnel.engine import Engine
from checker.funnel.files import ALL_FILES, Located, locate_files
from checker.funnel.headings import FileHeadings
from checker.funnel.parquet_rows import parquet_headings
from checker.funnel.presets.preset import Preset
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
    if leads not in found:
        raise UnreadableInput(
            say(
                "{called} of {system} are missing: {files} hold none",
                called=Written(preset.files[leads].called),
                system=preset.system,
                files=all_of([export.label for export in found.values()]),
            ),
            at=At(("source", "files")),
        )
    return found


def _exports(
    source: SystemSource, written: Any, preset: Preset, folder: Path, overrides: Mapping[str, Path]
) -> Iterator[Export]:
    is_list = isinstance(source.files, list)
    files = {f"{path}": File(path=path) for path in source.files} if is_list else source.files
    assert isinstance(files, dict), "a list has become one"
    elsewhere = {name: path for name, path in overrides.items() if name == ALL_FILES or not is_list}
    replaced = {} if not is_list else {name: path for name, path in overrides.items() if name in preset.files}
    for kind, path in replaced.items():
        located = locate_files({kind: File(path="-")}, [kind], folder, {kind: path})[kind]
        yield Export(kind, kind, located.label, list(_headings(located).names), {"path": str(path)})
    for name in files:
        located = locate_files(files, [name], folder, elsewhere)[name]
        headings = _headings(located)
        kind_of = recognised(headings.names, source.system)
        if kind_of is None:
            raise _unknown(headings, preset, ("source", "files") if is_list else ("source", "files", name))
        kind = kind_of[1]
        if kind not in replaced:
            said = {"path": name} if is_list else dict(written[name])
            yield Export(kind, kind if is_list else name, located.label, list(headings.names), said)


def _headings(located: Located) -> FileHeadings:
    if located.kind == "csv":
        return csv_headings(located)[0]
    engine = Engine()
    try:
        return parquet_headings(engine, located)[0]
    finally:
        engine.close()


def _unknown(headings: FileHeadings, preset: Preset, path: tuple[str, ...]) -> UnreadableInput:
    """What is said of a file that is no known export: what it lacks of the one that it is most like."""
    at = At(path)
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
    spellings = [file.columns[name][0] for name in lacking[0]]
    if len(lacking[0]) == 1:
        spellings = file.columns[lacking[0][0]][:3]
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
