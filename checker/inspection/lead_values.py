"""Columns as values of leads: what their cells need to be read, and what an agreement calls what stands in them."""

from __future__ import annotations

from collections.abc import Sequence
from difflib import get_close_matches
from typing import Any

from checker.agreement import Agreement
from checker.agreement.base import prose
from checker.finding import Path
from checker.inspection.columns import ExportColumn
from checker.inspection.export_file import ExportFile, slug
from checker.inspection.happenings import log_columns
from checker.inspection.proposal import DraftField, Proposal
from checker.inspection.vocabulary import is_one_of, words_of
from checker.message import Written, all_of, say, say_counted

MOST_CHANNELS = 40
MOST_NAMED = 8
LEAD_KEYS = ("channel", "campaign", "country", "persona", "owner", "score", "disposition", "return_reason",
             "merged_into", "amount", "expected_closing", "through_channel")  # fmt: skip
_MOST_FIELDS = 12
_BUILT_IN = ("stage", "points", "mode", "last_action", "return_reason", "accepted", "channel", "persona", "all", "any",
             "none_of", "at_least", "of", "meets", "when", "otherwise", "to", "rank", "then", "name", "team", "is",
             "means", "why", "id", "owner")  # fmt: skip
_EXAMPLES = 3
_WHOSE = ("lead", "contact", "deal", "property", "company")
_NO_FIELDS = ("name", "phone", "email", "telefone", "nome", "celular", "telefono", "url", "website", "firstname",
              "lastname", "fivetran", "is deleted", "deleted")  # fmt: skip


class LeadValues:
    """Writes the columns of one proposal's files; `used` are those that the section names, by file."""

    def __init__(self, found: Proposal, agreement: Agreement | None, used_files: Sequence[ExportFile]) -> None:
        self.found = found
        self.agreement = agreement
        self.used_files = used_files
        self.used: dict[str, list[ExportColumn]] = {file.name: [] for file in used_files}

    def listed(self, file: ExportFile, column: ExportColumn, role: str, path: Path) -> Any:
        """A column whose values the agreement may list under names of its own: people, reasons, campaigns."""
        names = _names_of(self.agreement, role) if self.agreement is not None else {}
        values = {value: names[words_of(value)] for value in column.counts if words_of(value) in names}
        if not any(value != name for value, name in values.items()):
            return self.value(file, column, path)
        others = [value for value in column.counts if value not in values]
        if others:
            said = say(
                "the agreement does not know {values}", values=all_of([in_short(value) for value in others[:_EXAMPLES]])
            )
            self.found.note(path, said)
        return {"column": self.named(file, column), "values": values}

    def value(self, file: ExportFile, column: ExportColumn, path: Path, several: bool = False) -> Any:
        """A column, with what its cells need to be read."""
        written: dict[str, Any] = {"column": self.named(file, column)}
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

    def named(self, file: ExportFile, column: ExportColumn) -> str:
        """The name of a column in the section, behind its file's where there are several."""
        return f"{file.name}.{column.name}" if len(self.used_files) > 1 else column.name

    def use(self, file: ExportFile, column: ExportColumn) -> None:
        """Remembers that the section names a column."""
        if column not in self.used[file.name]:
            self.used[file.name].append(column)

    # ------------------------------------------------------------ channels

    def channel(self, file: ExportFile, column: ExportColumn) -> Any:
        """The column of channels, its values under the names that they have here."""
        path: Path = ("leads", "channel")
        known = list(self.agreement.channels) if self.agreement is not None else []
        by_count = sorted(column.counts, key=lambda value: (-column.counts[value], value))
        values: dict[str, str] = {}
        unknown: list[str] = []
        nearest: list[str] = []
        for value in by_count[:MOST_CHANNELS]:
            name = _near(value, known, self.agreement) if known else slug(value, "channel")
            if name is None:
                unknown.append(value)
                continue
            values[value] = name
            if known and slug(value, "channel") != name:
                nearest.append(f"{in_short(value)} ({name})")
        written: dict[str, Any] = {"column": self.named(file, column)}
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
        if nearest:
            said = say("taken for the nearest channel, right? {values}", values=all_of(nearest[:MOST_NAMED]))
            self.found.note(path, said)
        if unknown:
            said = say(
                "no channel of the agreement is called {values}: which one is it?",
                values=all_of([in_short(value) for value in unknown[:_EXAMPLES]]),
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

    def fields(self) -> dict[str, Any]:
        """The agreement's fields, or those that one might declare, by their names."""
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
                if name in _BUILT_IN or name in LEAD_KEYS:
                    name = f"{file.name}_{name}"
                if name in found:
                    continue
                found[name] = self.value(file, column, ("leads", "fields", name), several=kind == "text")
                drafts.append(DraftField(name, kind, file is not self.found.leads))
                self.use(file, column)
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
                column = next((own for own in file.usable if bare_names(own.name) & wanted), None)
                if column is not None:
                    path: Path = ("leads", "fields", name)
                    if declared.is_ == "seller":
                        found[name] = self.listed(file, column, "owner", path)
                    else:
                        found[name] = self.value(file, column, path, declared.is_ in ("text", "list of actions"))
                    self.use(file, column)
                    break
        return found


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


def bare_names(heading: str) -> set[str]:
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


def in_short(value: str) -> str:
    """A cell as it is named in a remark."""
    return value if len(value) <= 40 else value[:39] + "…"
