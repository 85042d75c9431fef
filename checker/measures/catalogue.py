"""All measures: imports every module that declares some."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from importlib import import_module

from checker.measures.measure import Measure, declared

MODULES = (
    "acceptance",
    "capacity",
    "channel",
    "cost",
    "handoffs",
    "log",
    "payload",
    "persistence",
    "pipeline",
    "rate",
    "records",
    "returns",
    "revenue",
    "volume",
)
"""Every file of this room that declares measures."""


@cache
def measures() -> Mapping[str, Measure]:
    """Id -> measure. Asking imports all of them."""
    for name in MODULES:
        import_module(f"checker.measures.{name}")
    return declared()
