"""One edit of several: the old text with what the new one has at a single path."""

from __future__ import annotations

from copy import deepcopy
from functools import lru_cache
from typing import Any

from checker.agreement import Agreement, build
from checker.finding import Path


@lru_cache(maxsize=256)
def with_edit(old: Agreement, new: Agreement, path: Path) -> Agreement | None:
    """The old text with one edit of the new one; None where that cannot be read."""
    values = deepcopy(dict(old.written))
    place: Any = values
    source: Any = new.written
    for step in path[:-1]:
        source = source.get(step) if isinstance(source, dict) else None
        if not isinstance(place, dict):
            return None
        place = place.setdefault(step, {})
    if not isinstance(place, dict):
        return None
    if isinstance(source, dict) and path[-1] in source:
        place[path[-1]] = source[path[-1]]
    else:
        place.pop(path[-1], None)
    edited = build(values)
    return None if edited.broken - old.broken else edited
