"""Which columns of two files name the same things: told by how many values they have in common."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from difflib import get_close_matches
from fractions import Fraction

from checker.inspection.columns import ExportColumn
from checker.inspection.export_file import ExportFile
from checker.inspection.vocabulary import DEAL_FILES, LEAD_FILES, OTHER_FILES, is_one_of, words_of

_AT_LEAST = Fraction(1, 2)
_ALIKE = 0.85
_ENDS_OF_KEYS = [[word] for word in ("id", "key", "number", "no", "code", "uuid", "codigo", "numero", "numer", "kod")]
"""The last words of headings under which numbers are names; amounts and counts may be different by chance."""


@dataclass(frozen=True, slots=True)
class Joined:
    """A join: the column of the other file, that of the leads' file, and how many of the rows find their partner.

    `alone` are values that find none, each with the nearest that there is (None where none is near).
    """

    other: ExportFile
    column: ExportColumn
    lead_column: ExportColumn
    matched: int
    rows: int
    alone: tuple[tuple[str, str | None], ...] = ()

    @property
    def share(self) -> Fraction:
        return Fraction(self.matched, max(self.rows, 1))


def leads_file(files: Sequence[ExportFile]) -> ExportFile:
    """The file with a row for each lead: the one that most others join to, that seems to be it, and has most rows."""
    if len(files) == 1:
        return files[0]

    def rank(file: ExportFile) -> tuple[int, int, int, int]:
        joins = [join_of(file, other) for other in files if other is not file]
        order = ("opportunity", "mql", "created")
        return sum(join is not None for join in joins), _likely(file), order.index(file.entity), file.rows

    # a log has many rows for each lead: it is joined to the leads
    tables = [file for file in files if "id" in file.roles and not file.is_by_event(file.roles["id"])]
    return max(tables or files, key=rank)


def _likely(file: ExportFile) -> int:
    """How likely the rows of a file are leads, by what it is called: 3 surely, 0 hardly."""
    if is_one_of(file.label.rsplit(".", 1)[0], OTHER_FILES):
        return 0
    if is_one_of(file.label.rsplit(".", 1)[0], DEAL_FILES):
        return 1
    return 3 if is_one_of(file.label.rsplit(".", 1)[0], LEAD_FILES) else 2


def join_of(leads: ExportFile, other: ExportFile) -> Joined | None:
    """How the rows of a file find their lead; None where less than half of them would."""
    best: tuple[tuple[Fraction, int, int], Joined] | None = None
    for joined, is_id in _possible(leads, other):
        same_name = int(words_of(joined.column.name) == words_of(joined.lead_column.name))
        rank = (joined.share, same_name, int(is_id))
        if joined.share >= _AT_LEAST and (best is None or rank > best[0]):
            best = rank, joined
    return best[1] if best else None


def nearest_join(leads: ExportFile, other: ExportFile) -> Joined | None:
    """The pair of columns with the most in common, however little, to tell what went wrong."""
    found = [joined for joined, _ in _possible(leads, other)]
    named = [j for j in found if words_of(j.column.name) == words_of(j.lead_column.name)]
    return max(named or found, key=lambda joined: joined.share, default=None)


def _possible(leads: ExportFile, other: ExportFile) -> Iterable[tuple[Joined, bool]]:
    lead_id = leads.roles.get("id")
    for lead_column in leads.usable:
        is_id = lead_column is lead_id
        if not (is_id or (lead_column.is_unique and _is_key(lead_column) and _names_rows(lead_column))):
            continue
        for column in other.usable:
            if _is_key(column):
                yield _joined(other, column, lead_column), is_id
    own_id = other.roles.get("id")
    if own_id is not None and own_id.is_unique:
        # the lead's row may name the row of the other file: an opportunity that the lead was converted into
        for lead_column in leads.usable:
            if _is_key(lead_column) and lead_column is not lead_id:
                yield _joined(other, own_id, lead_column), False


def _is_key(column: ExportColumn) -> bool:
    """Whether values of a column may name things: neither dates nor a handful of words."""
    if column.kind not in ("text", "number") or (column.numbers is not None and not column.numbers.is_whole):
        return False
    return len(column.counts) > 20 or len(column.counts) >= 0.5 * column.known


def _names_rows(column: ExportColumn) -> bool:
    """Whether values that stand there once may name their rows: texts, and numbers whose heading says so."""
    return column.kind == "text" or words_of(column.name).split()[-1:] in _ENDS_OF_KEYS


def _joined(other: ExportFile, column: ExportColumn, lead_column: ExportColumn) -> Joined:
    theirs = lead_column.counts
    alone = [value for value in column.counts if value not in theirs]
    matched = sum(times for value, times in column.counts.items() if value in theirs)
    return Joined(other, column, lead_column, matched, column.known, tuple((value, None) for value in alone[:3]))


def with_nearest(joined: Joined) -> list[tuple[str, str | None]]:
    """The values that found no partner, each with the one that was probably meant; numbers have no neighbours."""
    if joined.column.is_personal:
        return []
    theirs = list(joined.lead_column.counts)[:5000]
    found: list[tuple[str, str | None]] = []
    for value, _ in joined.alone:
        is_name = not any(sign.isdigit() for sign in value)
        near = get_close_matches(value, theirs, n=1, cutoff=_ALIKE) if is_name else []
        found.append((value, near[0] if near else None))
    return found
