"""Leads as they are handed over: what was found in their payloads, and who gets each of them."""

from __future__ import annotations

from dataclasses import dataclass

from checker.finding import Because, Place, Problem


@dataclass(frozen=True, slots=True)
class Payloads:
    """What was found in files of payloads: how many leads, how many of them may go over, and what is wrong.

    `leads` counts those too that could not be read, which are `unreadable`.
    """

    leads: int
    complete: int
    problems: tuple[Problem, ...]
    unreadable: int = 0


@dataclass(frozen=True, slots=True)
class Routed:
    """Which sellers get a lead (several take turns), by which line, and the lines above it that could not be told.

    `instead_of` are sellers who are not there on that day, in whose place the next one stands. Nobody gets a lead that
    no line fits.
    """

    place: Place
    sellers: tuple[str, ...]
    decided_by: Place | None
    unsure: tuple[Because, ...]
    instead_of: tuple[str, ...] = ()
