"""Where the files of the `source` section are."""

from __future__ import annotations

import os
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from difflib import get_close_matches
from pathlib import Path
from typing import Literal
from urllib.parse import unquote

from checker.agreement.source import File, Source
from checker.errors import UnreadableInput, WrongUsage
from checker.finding import At
from checker.message import Written, any_of, say

Kind = Literal["csv", "parquet", "database"]
PARQUET_MAGIC = b"PAR1"
_SUFFIXES: dict[str, Kind] = {".csv": "csv", ".tsv": "csv", ".txt": "csv", ".parquet": "parquet", ".pq": "parquet"}
_NO_VALUE = "__HIVE_DEFAULT_PARTITION__"
"""What stands in a folder's name where there is no value."""
ALL_FILES = ""
"""The name under which an override is a folder that holds all files."""


@dataclass(frozen=True, slots=True)
class Located:
    """The files behind one name of the source section. `labels` are how people know them, in the same order.

    A table or query of a database has no path, until it is copied (`checker.funnel.databases`). `folders` are what the
    folders of each file say: of `month=2027-03/part-0.parquet`, the month (None for what is blank); empty where the
    folders say nothing.
    """

    name: str
    written: File
    paths: tuple[Path, ...]
    labels: tuple[str, ...]
    kind: Kind
    folders: tuple[Mapping[str, str | None], ...] = ()

    @property
    def folder_columns(self) -> tuple[str, ...]:
        """The columns that the folders say, the same for all files."""
        return tuple(self.folders[0]) if self.folders else ()

    @property
    def label(self) -> str:
        """The file, or the first of several."""
        return self.labels[0]


def locate(source: Source, names: Iterable[str], folder: Path, overrides: Mapping[str, Path]) -> dict[str, Located]:
    """As `locate_files`, for files of a source."""
    return locate_files(source.files, names, folder, overrides)


def locate_files(
    files: Mapping[str, File], names: Iterable[str], folder: Path, overrides: Mapping[str, Path]
) -> dict[str, Located]:
    """Finds the files of these names. Paths are relative to `folder`, overrides to where the command was typed.

    Raises WrongUsage for an override of no file, UnreadableInput for what is not there or is no CSV or Parquet file.
    """
    for name in overrides:
        if name and name not in files:
            raise _unknown_override(name, files)
    return {name: _locate(name, files, folder, overrides) for name in names}


def _unknown_override(name: str, files: Mapping[str, File]) -> WrongUsage:
    near = get_close_matches(name, list(files), n=1)
    if near:
        return WrongUsage(
            say("the source section has no file named {name}; did you mean {nearest}?", name=name, nearest=near[0])
        )
    return WrongUsage(
        say("the source section has no file named {name}; it has {names}", name=name, names=any_of(list(files)))
    )


def _locate(name: str, files: Mapping[str, File], folder: Path, overrides: Mapping[str, Path]) -> Located:
    written = files[name]
    if name in overrides:
        found = _files_at(str(overrides[name]), Path(), None)
    elif written.path is None:
        if ALL_FILES not in overrides:
            return Located(name, written, (), (written.table or name,), "database")
        found = _files_in(overrides[ALL_FILES], name, f"{name}.parquet", At(("source", "files", name)))
    else:
        at = At(("source", "files", name, "path"))
        elsewhere = overrides.get(ALL_FILES)
        found = _files_in(elsewhere, name, written.path, at) if elsewhere else _files_at(written.path, folder, at)
    labels = tuple(_label(path, folder) for path in found.paths)
    return Located(name, written, tuple(path.resolve() for path in found.paths), labels, found.kind, found.folders)


@dataclass(frozen=True, slots=True)
class _Found:
    """The files that a path means, of which kind they are, and what their folders say."""

    paths: tuple[Path, ...]
    kind: Kind
    folders: tuple[Mapping[str, str | None], ...] = ()


def _files_in(folder: Path, name: str, written: str, at: At) -> _Found:
    """The files of a path in another folder: packed under their name, else under the whole path, else under its last
    part, else under their name in any other form.
    """
    if folder.is_file():
        raise UnreadableInput(
            say(
                "{path} is a file, not a folder: write {option} to read {name} from it",
                path=str(folder),
                option=Written(f"--data {name}={folder}"),
                name=name,
            )
        )
    if not folder.is_dir():
        raise UnreadableInput(say("there is no folder {folder}", folder=str(folder)))
    if (folder / f"{name}.parquet").is_file():
        return _files_at(f"{name}.parquet", folder, at)
    leaves = ".." in Path(written).parts
    whole = not leaves and ((folder / written).exists() or (_is_pattern(written) and _fitting(written, folder)))
    if not whole and not (folder / Path(written).name).exists():
        by_name = [f"{name}{suffix}" for suffix in _SUFFIXES if (folder / f"{name}{suffix}").is_file()]
        if by_name:
            return _files_at(by_name[0], folder, at)
    return _files_at(written if whole else Path(written).name, folder, at)


def _files_at(written: str, folder: Path, at: At | None) -> _Found:
    """The files that a path means: a file, all files of a folder, or those that fit a pattern."""
    place = folder / written
    if place.is_dir():
        found, top = _files_of(place), place
    elif place.exists():
        if not place.is_file():
            raise UnreadableInput(
                say("{path} is no plain file: it is read more than once, so write it into one", path=Written(written)),
                at=at,
            )
        found, top = [place], place.parent
    elif _is_pattern(written):
        found, top = _fitting(written, folder), _before_pattern(written, folder)
    else:
        raise _not_there(place, written, at)
    if not found:
        raise UnreadableInput(say("{path} holds no CSV or Parquet file", path=Written(written)), at=at)
    kinds = {path: _kind(path, at) for path in found}
    if len(set(kinds.values())) > 1:
        raise UnreadableInput(
            say("{path} holds both CSV and Parquet files: give each kind a name of its own", path=Written(written)),
            at=at,
        )
    return _Found(tuple(found), kinds[found[0]], _said_by_folders(found, top, written, at))


def _files_of(folder: Path) -> list[Path]:
    """The files of a folder, and of its folders that say what their files have in common (`month=2027-03`)."""
    inside = sorted(folder.iterdir())
    found = [path for path in inside if path.suffix.lower() in _SUFFIXES and path.is_file()]
    for path in inside:
        if path.is_dir() and _said_by(path.name):
            found += _files_of(path)
    return found


def _said_by(folder: str) -> tuple[str, str | None] | None:
    """What a folder is called says of its files: `month=2027-03`, with signs that no folder may have as `%2F`."""
    name, sign, value = folder.partition("=")
    if not sign or not name:
        return None
    return unquote(name), None if value == _NO_VALUE else unquote(value)


def _said_by_folders(
    paths: Iterable[Path], top: Path, written: str, at: At | None
) -> tuple[Mapping[str, str | None], ...]:
    """What the folders between `top` and each file say. Raises UnreadableInput where they do not name the same."""
    said = [dict(filter(None, map(_said_by, path.relative_to(top).parts[:-1]))) for path in paths]
    if not any(said):
        return ()
    first, *others = said
    for names in others:
        if set(names) != set(first):
            more, less = (first, names) if set(first) - set(names) else (names, first)
            raise UnreadableInput(
                say(
                    "{path} has files in folders named {name}=… and others that are in none: put them all into such "
                    "folders",
                    path=Written(written),
                    name=next(name for name in more if name not in less),
                ),
                at=at,
            )
    return tuple(said)


def _is_pattern(written: str) -> bool:
    return any(sign in written for sign in "*?[")


def _fitting(pattern: str, folder: Path) -> list[Path]:
    """The files that fit a pattern, in the order of their names."""
    parts = Path(pattern).parts
    top = _before_pattern(pattern, folder)
    return sorted(path for path in top.glob("/".join(parts[_fixed(parts) :])) if path.is_file())


def _before_pattern(pattern: str, folder: Path) -> Path:
    """The folder in which a pattern begins to have a choice."""
    parts = Path(pattern).parts
    return folder.joinpath(*parts[: _fixed(parts)])


def _fixed(parts: Sequence[str]) -> int:
    """How many parts of a pattern stand for themselves."""
    return next(index for index, part in enumerate(parts) if _is_pattern(part))


def _kind(path: Path, at: At | None) -> Kind:
    """What a file is, by its first bytes."""
    try:
        with path.open("rb") as file:
            start = file.read(len(PARQUET_MAGIC))
    except OSError as error:
        raise UnreadableInput(
            say("{file} cannot be read: {why}", file=path.name, why=error.strerror or str(error)), at=at
        ) from error
    if start == PARQUET_MAGIC:
        return "parquet"
    if _SUFFIXES.get(path.suffix.lower()) == "parquet":
        raise UnreadableInput(say("{file} is no Parquet file, in spite of its name", file=path.name), at=at)
    return "csv"


def _not_there(place: Path, written: str, at: At | None) -> UnreadableInput:
    beside = [path.name for path in place.parent.iterdir() if path.exists()] if place.parent.is_dir() else []
    near = get_close_matches(place.name, beside, n=1, cutoff=0.5)
    if near:
        return UnreadableInput(
            say("there is no file {path}; did you mean {nearest}?", path=Written(written), nearest=Written(near[0])),
            at=at,
        )
    return UnreadableInput(
        say(
            "there is no file {path}; to read it from elsewhere: {option}",
            path=Written(written),
            option=Written("--data NAME=PATH"),
        ),
        at=at,
    )


def _label(path: Path, folder: Path) -> str:
    """A path as people would say it: seen from the agreement's folder where it is not far away."""
    relative = Path(os.path.relpath(path, folder))
    return path.name if relative.parts[:2] == ("..", "..") else relative.as_posix()
