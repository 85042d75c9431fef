"""What was edited between two texts of an agreement, in paths of the newer one."""

from __future__ import annotations

from collections import Counter
from collections.abc import Hashable, Iterator, Mapping
from typing import Any

from checker.finding import Path


def edited_paths(values: Mapping[str, Any], base: Mapping[str, Any]) -> frozenset[Path]:
    """Each path whose value was written or changed since `base`: the innermost paths, and those of all that is new.

    The values are those that reading gave. Neither the order of keys nor the file that holds them counts, nor that an
    entry of a list has moved. An entry that no entry of the older list equals is compared with the first that is left
    over there, since an edited entry usually stays where it was.
    """
    return frozenset(_edited(values, base, ()))


def _edited(value: Any, base: Any, path: Path) -> Iterator[Path]:
    if isinstance(value, dict) and isinstance(base, dict):
        for key, child in value.items():
            if key in base:
                yield from _edited(child, base[key], (*path, key))
            else:
                yield from _all_below(child, (*path, key))
    elif isinstance(value, list) and isinstance(base, list):
        yield from _in_list(value, base, path)
    elif _essence(value) != _essence(base):
        yield from _all_below(value, path)


def _in_list(entries: list[Any], base: list[Any], path: Path) -> Iterator[Path]:
    left = Counter(map(_essence, base))
    new = []
    for index, entry in enumerate(entries):
        essence = _essence(entry)
        if left[essence]:
            left[essence] -= 1
        else:
            new.append(index)
    over = []
    for entry in reversed(base):
        essence = _essence(entry)
        if left[essence]:
            left[essence] -= 1
            over.append(entry)
    for index in new:
        if over:
            yield from _edited(entries[index], over.pop(), (*path, index))
        else:
            yield from _all_below(entries[index], (*path, index))


def _all_below(value: Any, path: Path) -> Iterator[Path]:
    yield path
    below = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for key, child in below:
        yield from _all_below(child, (*path, key))


def _essence(value: Any) -> Hashable:
    """What makes a value equal to another: `1` is neither `yes` nor `"1"`, the order of keys does not count."""
    if isinstance(value, dict):
        return frozenset((key, _essence(child)) for key, child in value.items())
    if isinstance(value, list):
        return tuple(map(_essence, value))
    return type(value), value
