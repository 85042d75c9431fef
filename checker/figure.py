"""Figures of the reports: what the data tells beside the promises, as part of a results file.

No figure decides anything. `channel` is null for all channels together. Times are seconds, rounded down: to minutes,
from two hours on to ten of them, from two days on to hours, from twenty days on to days.
"""

from __future__ import annotations

from pydantic import Field

from checker.record import Record


class Quantiles(Record):
    """The times that a half, three quarters, nine in ten and 19 in 20 did not exceed (nearest rank)."""

    median: int
    p75: int
    p90: int
    p95: int


class TimeTaken(Record):
    """How long leads took from one event to another."""

    period: str
    channel: str | None = None
    starts: str
    stops: str
    promise: str | None = Field(
        default=None,
        description="The promise (or rung) whose leads these are, by the month of the deadline; null for all leads, by "
        "the month of the start",
    )
    count: int = Field(description="Leads with both events")
    worked: Quantiles | None = Field(default=None, description="In working time; null where it cannot be told")
    elapsed: Quantiles = Field(description="On the wall: as the buyer waits")


class Figures(Record):
    """All of them; each is empty where the data does not tell it."""

    times: tuple[TimeTaken, ...] = ()
