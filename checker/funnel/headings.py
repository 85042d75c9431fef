"""Which column of which file is meant by a name in the `source` section."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from difflib import get_close_matches

from checker.errors import UnreadableInput
from checker.finding import At, Path
from checker.message import Message, Written, all_of, any_of, say

TEXT_TYPE = "VARCHAR"


@dataclass(frozen=True, slots=True)
class Heading:
    """A column: the file's name in the source section, its heading, the type that it is stored in, and the name by
    which statements know it.
    """

    file: str
    name: str
    sql_type: str
    stored_as: str

    @property
    def is_text(self) -> bool:
        return self.sql_type == TEXT_TYPE


@dataclass(frozen=True, slots=True)
class FileHeadings:
    """The headings of a file, in order, with their types; `label` is what people call the file.

    `hint` says what the file's first line looks like, where it does not look like headings. The last of the names,
    `of_folders`, stand in no file: the folders of the file are called by them (`month=2027-03`).
    """

    label: str
    names: tuple[str, ...]
    types: tuple[str, ...]
    stored_as: tuple[str, ...]
    hint: Message | None = None
    of_folders: tuple[str, ...] = ()


@dataclass(slots=True)
class Headings:
    """The headings of all files in use; remembers which of them were asked for."""

    files: Mapping[str, FileHeadings]
    used: dict[str, dict[str, Heading]] = field(default_factory=dict)

    def find(self, written: str, path: Path, aliases: Iterable[str] = (), within: str | None = None) -> Heading:
        """The column that a name of the source section means; `within` is the only file where it may be.

        `aliases` are other names of it, tried in order. Raises UnreadableInput for a name that no column has, that two
        columns of one file have, or that stands in several files.
        """
        names = [written, *aliases]
        for name in names:
            found = self._find(name, path, within)
            if found is not None:
                return self.used.setdefault(found.file, {}).setdefault(found.name, found)
        raise self._missing(names, path, within)

    def _find(self, written: str, path: Path, within: str | None) -> Heading | None:
        prefix, point, rest = written.partition(".")
        if point and prefix in self.files and rest in self.files[prefix].names:
            if within is not None and prefix != within:
                raise UnreadableInput(
                    say(
                        "{column} cannot be used here: only columns of {file} can",
                        column=Written(written),
                        file=self.files[within].label,
                    ),
                    at=At(path),
                )
            return self._only(prefix, rest, path)
        holders = [file for file, headings in self.files.items() if written in headings.names]
        if within is not None:
            return self._only(within, written, path) if within in holders else None
        if len(holders) > 1:
            raise UnreadableInput(
                say(
                    "{column} stands in several files: write {choices}",
                    column=Written(written),
                    choices=any_of([f"{file}.{written}" for file in holders]),
                ),
                at=At(path),
            )
        return self._only(holders[0], written, path) if holders else None

    def _only(self, file: str, name: str, path: Path) -> Heading:
        headings = self.files[file]
        if Counter(headings.names)[name] > 1:
            places = [str(index) for index, other in enumerate(headings.names, start=1) if other == name]
            raise UnreadableInput(
                say(
                    "{file} has several columns named {column} (number {places}): give them different names before the "
                    "export, so that it is clear which one is meant",
                    file=headings.label,
                    column=Written(name),
                    places=all_of(places),
                ),
                at=At(path),
            )
        index = headings.names.index(name)
        return Heading(file, name, headings.types[index], headings.stored_as[index])

    def _missing(self, names: Sequence[str], path: Path, within: str | None) -> UnreadableInput:
        written = names[0]
        prefix, _, rest = written.partition(".")
        holders = {file.casefold(): file for file, headings in self.files.items() if rest in headings.names}
        meant = [] if prefix in self.files else get_close_matches(prefix.casefold(), list(holders), n=1, cutoff=0.6)
        if meant:
            return UnreadableInput(
                say(
                    "there is no file {name}; did you mean {nearest}?",
                    name=Written(prefix),
                    nearest=Written(holders[meant[0]]),
                ),
                at=At(path),
            )
        if within is None and prefix in self.files:
            within, written = prefix, rest
        if within is None:
            within = next((file for file, headings in self.files.items() if headings.hint is not None), None)
        looked_in = [self.files[within]] if within is not None else list(self.files.values())
        labels = all_of([headings.label for headings in looked_in])
        hint = next((headings.hint for headings in looked_in if headings.hint is not None), None)
        if hint is not None:
            return UnreadableInput(
                say("{file} has no column {column}: {hint}", file=labels, column=Written(written), hint=hint),
                at=At(path),
            )
        known = {name.casefold(): name for headings in looked_in for name in headings.names}
        near = get_close_matches(written.casefold(), list(known), n=1, cutoff=0.6)
        if near:
            return UnreadableInput(
                say(
                    "{file} has no column {column}; did you mean {nearest}?",
                    file=labels,
                    column=Written(written),
                    nearest=Written(known[near[0]]),
                ),
                at=At(path),
            )
        return UnreadableInput(
            say(
                "{file} has no column {column}; it has {names}",
                file=labels,
                column=Written(written),
                names=all_of([name for headings in looked_in for name in headings.names][:40]),
            ),
            at=At(path),
        )
