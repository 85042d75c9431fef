"""One line of this agreement that somebody might change, with what would be said of the change: for those who learn
how to change it.

The first target stands for all others; where there is none, the first promise's share or deadline. Where nothing
with a number is agreed yet, the line is shown as it stands.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from copy import deepcopy
from dataclasses import dataclass, replace
from itertools import islice
from typing import Any

from checker.agreement import Agreement, build
from checker.agreement.promise_list import SECTIONS
from checker.change import Change
from checker.changes.catalogue import comparisons
from checker.finding import Path, Place
from checker.message import Message
from checker.quantity import Duration
from checker.report.change_words import for_whom
from checker.site.basis import Basis


@dataclass(frozen=True)
class ExampleEdit:
    """A line, the value on it (`old` of it would become `new`; both empty where nothing is to be changed), and what
    the answer would say: what changed, and for whom; None where there is nothing to say.
    """

    path: Path
    place: Place
    old: str = ""
    new: str = ""
    said: Message | None = None
    whom: Message | None = None

    @property
    def before(self) -> str:
        """What stands on the line before the value."""
        return self.place.source[: self.place.column - 1] if self.old else self.place.source

    @property
    def after(self) -> str:
        """What stands on the line behind the value."""
        return self.place.source[self.place.column - 1 + len(self.old) :] if self.old else ""


def example_edit(basis: Basis) -> ExampleEdit:
    """The example of this agreement."""
    for path, old, new in islice(_candidates(basis.agreement.written), 20):
        place = basis.line_of(path)
        start = place.column - 1
        if place.source[start : start + len(old)] == old:
            return _answered(basis.agreement, ExampleEdit(path, place, old, new))
    return ExampleEdit(("agreement",), basis.line_of(("agreement",)))


def _candidates(written: Mapping[str, Any]) -> Iterator[tuple[Path, str, str]]:
    """Paths of numbers that people change, each with its text and what it might become."""
    for path, value in _leaves(written.get("targets"), ("targets",)):
        if isinstance(value, int) and not isinstance(value, bool) and path[-1] != "why":
            yield path, str(value), str(value + max(1, value // 10))
    for section in SECTIONS:
        for path, value in _leaves(written.get(section), (section,)):
            text = str(value)
            if path[-1] == "target" and text.endswith("%") and text[:-1].isdecimal() and 0 < int(text[:-1]) < 98:
                yield path, text, f"{int(text[:-1]) + 2}%"
            elif path[-1] in ("within", "time") and (shorter := _shorter(text)):
                yield path, text, shorter


def _shorter(text: str) -> str:
    """A length of time that is one unit shorter; empty where there is none."""
    try:
        duration = Duration.parse(text)
    except ValueError:
        return ""
    return str(Duration(duration.count - 1, duration.unit)) if duration.count > 1 else ""


def _leaves(value: Any, path: Path) -> Iterator[tuple[Path, Any]]:
    if isinstance(value, Mapping):
        for key, inner in value.items():
            yield from _leaves(inner, (*path, key))
    elif isinstance(value, list):
        for index, inner in enumerate(value):
            yield from _leaves(inner, (*path, index))
    else:
        yield path, value


def _answered(agreement: Agreement, edit: ExampleEdit) -> ExampleEdit:
    """The edit with what the comparison of both texts says: the first change that it finds, and for whom it is what."""
    values = deepcopy(dict(agreement.written))
    inner: Any = values
    for key in edit.path[:-1]:
        inner = inner[key]
    inner[edit.path[-1]] = int(edit.new) if edit.new.isdecimal() else edit.new
    after = build(values)
    for comparison in comparisons():
        kind = comparison.kind
        for found in comparison.find(agreement, after):
            change = Change(kind.slug, kind.name, found.what, found.message, found.sides, None, None, edit.place)
            return replace(edit, said=found.message, whom=for_whom(change))
    return edit
