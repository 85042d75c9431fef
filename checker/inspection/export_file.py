"""An export as it was found: its cells, how it is written, and which of its columns seems to be what."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property
from pathlib import Path

from checker.agreement.source import File
from checker.errors import UnreadableInput
from checker.funnel.presets import recognised
from checker.funnel.whole_files import WholeFile, is_parquet, read_csv, read_parquet
from checker.inspection.columns import ExportColumn
from checker.inspection.dialect import Note, looks_like_data, one_column, tell_dialect
from checker.inspection.vocabulary import DEAL_FILES, LEAD_FILES, ROLES, is_one_of, meant_by, words_of
from checker.message import Written, say, say_counted

MOST_COLUMNS = 2000
_CHANNEL_WORDS = frozenset((
    "organic", "paid", "social", "email", "direct", "referral", "display", "ads", "google", "facebook", "linkedin",
    "instagram", "events", "webinar", "organico", "organica", "pago", "paga", "direto", "indicacao", "evento",
    "eventos", "feira", "directo", "referido", "diretto", "fiera", "organiczne", "platne", "targi", "polecenie",
    "newsletter", "outbound",
))  # fmt: skip
_ROW_AN_ID = 1.2
"""From so many rows an id on, rows are no longer leads but something that happened to them."""


@dataclass(frozen=True)
class ExportFile:
    """A file, its columns, and what is to be written of it in the source section."""

    path: Path
    label: str
    name: str
    """A short name for the source section."""
    whole: WholeFile
    keys: Mapping[str, object]
    notes: Sequence[Note] = ()
    system: tuple[str, str] | None = None
    """The system and the kind of file that its headings belong to."""
    columns: Sequence[ExportColumn] = field(default=())

    @property
    def rows(self) -> int:
        return len(self.whole.lines)

    @cached_property
    def usable(self) -> list[ExportColumn]:
        """Columns that a section can name and that hold something."""
        return [column for column in self.columns if column.name and not column.is_repeated and column.known]

    @cached_property
    def roles(self) -> Mapping[str, ExportColumn]:
        """Role -> the column that has it most surely."""
        found: dict[str, tuple[tuple[int, int, int], ExportColumn]] = {}
        for column in self.usable:
            meant = meant_by(column.name, ROLES)
            if meant is None or not _can_be(column, meant.meaning):
                continue
            rank = (meant.sureness, int(meant.meaning == "id" and column.is_unique), column.known)
            if meant.meaning not in found or rank > found[meant.meaning][0]:
                found[meant.meaning] = (rank, column)
        roles = {role: column for role, (_, column) in found.items()}
        if (by_name := self._id()) is not None:
            roles["id"] = by_name
        if "channel" not in roles and (by_content := self._channel()) is not None:
            roles["channel"] = by_content
        return roles

    @property
    def dates(self) -> list[ExportColumn]:
        return [column for column in self.usable if column.kind == "date"]

    @cached_property
    def entity(self) -> str:
        """What a row is about: `opportunity` for deals, `mql`, or `created` for leads of any kind."""
        own = self.roles.get("id")
        for text in (own.name if own else "", self.label.rsplit(".", 1)[0]):
            if re.search(r"\bmqls?\b|marketing qualified", words_of(text)):
                return "mql"
            if is_one_of(text, DEAL_FILES):
                return "opportunity"
        return "created"

    def rows_an_id(self, column: ExportColumn) -> float:
        """How many rows there are for each value of a column."""
        return column.known / max(len(column.counts), 1)

    def is_by_event(self, column: ExportColumn) -> bool:
        """Whether an id stands in so many rows that these are no leads."""
        return self.rows_an_id(column) > _ROW_AN_ID

    # ------------------------------------------------------------ by what the cells hold

    def _id(self) -> ExportColumn | None:
        """The column that names the lead: by its heading, else the first of which every value stands there once."""
        ranked: list[tuple[int, int, int, ExportColumn]] = []
        for column in self.usable:
            if column.kind not in ("text", "number"):
                continue
            words = words_of(column.name)
            meant = meant_by(column.name, {"id": ROLES["id"]})
            is_named = meant is not None and meant.sureness == 3
            is_log_key = words in ("case id", "case", "lead", "lead id", "contact id", "who id")
            looks_like_id = bool(re.search(r"\b(?:id|uuid|key|email|numer)$", words)) or words in ROLES["email"]
            has_no_blanks = column.blank <= 0.01 * len(column.cells)
            if is_named or (looks_like_id and column.is_unique) or (column.is_unique and has_no_blanks):
                sure = 4 * (is_named and (column.is_unique or is_log_key)) + 2 * looks_like_id + is_named
                ranked.append((int(has_no_blanks) + sure, int(column.is_unique), -column.place, column))
        return max(ranked, key=lambda rank: rank[:3])[3] if ranked else None

    def _channel(self) -> ExportColumn | None:
        for column in self.usable:
            if column.kind == "text" and 2 <= len(column.counts) <= 30:
                words = {word for value in column.counts for word in words_of(value).split()}
                if len(words & _CHANNEL_WORDS) >= 2:
                    return column
        return None


def _can_be(column: ExportColumn, role: str) -> bool:
    """Whether what a column holds fits its role."""
    if role in ("amount", "score"):
        return column.kind == "number"
    if role in ("moment", "expected_closing"):
        return column.kind == "date"
    if role == "through_channel":
        return column.kind == "yes or no"
    if role == "id":
        return column.kind in ("text", "number")
    if role == "stage":
        return column.kind in ("text", "yes or no") and len(column.counts) <= 60
    if role in ("channel", "country", "persona"):
        return column.kind == "text" and not column.is_personal
    return column.kind in ("text", "number")


def open_export(path: Path, label: str) -> ExportFile:
    """Reads a file without trusting it. Raises UnreadableInput, with one sentence, for what is no export of leads."""
    if path.is_dir():
        raise UnreadableInput(say("{file} is a folder: name the files in it", file=str(path)))
    if path.exists() and not path.is_file():
        # a pipe would wait for whoever writes into it
        raise UnreadableInput(
            say("{path} is no plain file: it is read more than once, so write it into one", path=Written(str(path)))
        )
    if is_parquet(path):
        whole, keys, notes = read_parquet(path, label), {}, list[Note]()
    else:
        dialect = tell_dialect(path, label)
        keys, notes = dialect.keys, list(dialect.notes)
        whole = read_csv(path, label, File.model_validate({"path": path.name, **keys}))
    _check(whole, label)
    repeated = {name for name, times in Counter(whole.names).items() if times > 1}
    for name in sorted(repeated - {""}):
        said = say(
            "several columns are named {column}, so none of them can be used: rename them before the export",
            column=Written(name),
        )
        notes.append(Note("path", said, is_doubt=False))
    if whole.misread:
        first = whole.examples[0]
        said = say_counted(
            "{count} row is kept out; the first is line {line}: {reason}",
            "{count} rows are kept out; the first is line {line}: {reason}",
            count=whole.misread,
            line=str(first.line),
            reason=first.reason,
        )
        notes.append(Note("path", said, is_doubt=False))
    if whole.rows - whole.misread > len(whole.lines):
        said = say("only the first {count} rows were looked at", count=len(whole.lines))
        notes.append(Note("path", said, is_doubt=False))
    columns = [
        ExportColumn(name, place, whole.columns[place], name in repeated, whole.types[place])
        for place, name in enumerate(whole.names)
    ]
    return ExportFile(path, label, "", whole, keys, tuple(notes), recognised(whole.names), columns)


def _check(whole: WholeFile, label: str) -> None:
    if len(whole.names) > MOST_COLUMNS:
        raise UnreadableInput(
            say(
                "{file} has {count} columns, more than {most}: export only those that say something of the leads",
                file=label,
                count=len(whole.names),
                most=MOST_COLUMNS,
            )
        )
    if len(whole.names) < 2:
        raise one_column(label, whole.names[0])
    if not whole.lines:
        raise UnreadableInput(say("{file} holds headings and no rows", file=label))
    if looks_like_data(whole.names):
        raise UnreadableInput(
            say(
                "{file} begins with values where the headings of its columns should stand: export it with them",
                file=label,
            )
        )


def with_names(files: Sequence[ExportFile]) -> list[ExportFile]:
    """The files with a short name each: `lead`, `deal`, else what the file is called."""
    taken: set[str] = set()
    found = []
    for file in files:
        stem = file.label.rsplit("/", 1)[-1].rsplit(".", 1)[0]
        if is_one_of(stem, DEAL_FILES):
            base = "deal"
        elif is_one_of(stem, LEAD_FILES):
            base = "mql" if file.entity == "mql" else "lead"
        else:
            base = slug(stem, "export")
        name, number = base, 2
        while name in taken:
            name, number = f"{base}_{number}", number + 1
        taken.add(name)
        found.append(replace(file, name=name))
    return found


def slug(text: str, instead: str) -> str:
    """A text as an id of the agreement: `Organic Search` is `organic_search`."""
    made = "_".join(words_of(text).split())[:40].rstrip("_")
    made = made if not made[:1].isdigit() else f"{instead}_{made}"
    return made or instead
