"""Functions of time as tables of whole numbers, so that an engine needs a join and a CASE, and no time zones.

Seen over one UTC day, all that a calendar knows is made of a few straight pieces: working time stands still, then
moves with the clock, then stands still again; the month is one number, then the next. A table holds one row a UTC
day, and for each piece the last position at which it holds and its base. With `n` pieces, the value at a position `p`
of that day is

    CASE WHEN p <= name_1_until THEN name_1
         WHEN p <= name_2_until THEN name_2 + p
         ...
         ELSE name_n END

where `+ p` stands for those places that move. Which ones do is the same for all rows, so it is part of the program
and not of the data. No column is ever null.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

FOREVER = 2**62
"""A position that nothing reaches."""


class Piece(NamedTuple):
    """Up to and including the position `until`, the value is `base`; if it moves, `base` + the position."""

    until: int
    base: int
    moves: bool = False


@dataclass(frozen=True, slots=True)
class Place:
    """One WHEN of the CASE: the columns that hold its last position (None for the ELSE) and its base."""

    until: str | None
    base: str
    moves: bool


@dataclass(frozen=True, slots=True)
class Pieces:
    """A function of time: its places in order, and the columns that they name, with one number a row."""

    places: tuple[Place, ...]
    columns: Mapping[str, tuple[int, ...]]


def laid_out(name: str, rows: Sequence[Sequence[Piece]]) -> Pieces:
    """The rows' pieces as columns. Each row has at least one piece; its last one has no end, whatever it says."""
    kinds = {tuple(piece.moves for piece in row) for row in rows}
    pattern = _pattern(kinds)
    places_of = {kind: _places(kind, pattern) for kind in kinds}
    bases = [[0] * len(rows) for _ in pattern]
    # A place that a row has no piece for ends before every position.
    untils = [[-1] * len(rows) for _ in pattern]
    for number, row in enumerate(rows):
        places = places_of[tuple(piece.moves for piece in row)]
        for place, piece in zip(places, row, strict=True):
            bases[place][number] = piece.base
            untils[place][number] = piece.until
        untils[places[-1]][number] = FOREVER
    columns: dict[str, tuple[int, ...]] = {}
    result: list[Place] = []
    for place, moves in enumerate(pattern):
        base, until = f"{name}_{place + 1}", f"{name}_{place + 1}_until"
        columns[base] = tuple(bases[place])
        if place == len(pattern) - 1:
            result.append(Place(None, base, moves))
        else:
            result.append(Place(until, base, moves))
            columns[until] = tuple(untils[place])
    return Pieces(tuple(result), columns)


def joined(pieces: Iterable[Piece]) -> list[Piece]:
    """The pieces, with those made one that continue each other."""
    result: list[Piece] = []
    for piece in pieces:
        if result and (result[-1].base, result[-1].moves) == (piece.base, piece.moves):
            result[-1] = piece
        else:
            result.append(piece)
    return result


def _pattern(kinds: Iterable[tuple[bool, ...]]) -> list[bool]:
    """Which places move, so that every kind of row finds places for its pieces, in their order."""
    pattern: list[bool] = []
    for kind in sorted(kinds, key=lambda kind: (-len(kind), kind)):
        for place, moves in zip(_places(kind, pattern), kind, strict=True):
            if place >= len(pattern):
                pattern.append(moves)
    return pattern


def _places(kind: Sequence[bool], pattern: Sequence[bool]) -> list[int]:
    """The first places that suit a row's pieces in their order; those that are missing are numbered on."""
    places: list[int] = []
    place = 0
    for moves in kind:
        while place < len(pattern) and pattern[place] is not moves:
            place += 1
        places.append(place)
        place += 1
    return places
