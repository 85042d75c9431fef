"""All measures: imports every module that declares some."""

from __future__ import annotations

from collections.abc import Mapping

from checker.measures import (
    acceptance,
    capacity,
    channel,
    cost,
    handoffs,
    log,
    payload,
    persistence,
    pipeline,
    rate,
    records,
    returns,
    revenue,
    volume,
)
from checker.measures.measure import Measure, declared

MODULES = (
    acceptance,
    capacity,
    channel,
    cost,
    handoffs,
    log,
    payload,
    persistence,
    pipeline,
    rate,
    records,
    returns,
    revenue,
    volume,
)
"""The modules that declare measures: importing them fills the catalogue."""


def measures() -> Mapping[str, Measure]:
    """Id -> measure."""
    return declared()
