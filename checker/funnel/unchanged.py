"""Files that stay where they are while they are counted: whether they are still the same at the end."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from checker.errors import UnreadableInput
from checker.funnel.files import Located
from checker.message import Written, say

_Stamp = tuple[int, int, int]


class Unchanged:
    """What files were when they were opened. CSV files and tables are copied at once, so they may change after that."""

    def __init__(self, located: Iterable[Located]) -> None:
        self._stamps = {
            path: (label, _stamp(path))
            for place in located
            if place.kind == "parquet"
            for path, label in zip(place.paths, place.labels, strict=True)
        }

    def check(self) -> None:
        """Raises UnreadableInput where one is another file by now: numbers would be of the old and of the new one."""
        for path, (label, stamp) in self._stamps.items():
            if _stamp(path) != stamp:
                raise UnreadableInput(say("{file} was changed while it was read: judge it again", file=Written(label)))


def _stamp(path: Path) -> _Stamp | None:
    try:
        found = path.stat()
    except OSError:
        return None
    return found.st_ino, found.st_size, found.st_mtime_ns
