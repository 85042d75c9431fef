"""The order in which lines stand in the agreement."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from checker.agreement import Agreement
from checker.finding import Path


def in_file_order(agreement: Agreement, paths: Iterable[Path]) -> list[Path]:
    """Paths in the order in which their lines were written."""
    positions: dict[int, dict[Any, int]] = {}
    return sorted(paths, key=lambda path: _position(agreement.written, path, positions))


def _position(values: Any, path: Path, positions: dict[int, dict[Any, int]]) -> tuple[int, ...]:
    """Where a path's line stands: the place of each step among its neighbours."""
    found: list[int] = []
    here: Any = values
    for step in path:
        if isinstance(here, Mapping):
            if id(here) not in positions:
                positions[id(here)] = {key: place for place, key in enumerate(here)}
            place = positions[id(here)].get(step)
            here = here.get(step)
        elif isinstance(here, (list, tuple)) and isinstance(step, int) and step < len(here):
            place, here = step, here[step]
        else:
            place = None
        if place is None:
            break
        found.append(place)
    return tuple(found)
