"""Whether what reads data is installed: it is a part of its own (`smarketing-sla[check]`)."""

from __future__ import annotations

from importlib.util import find_spec

from checker.errors import MissingExtra
from checker.message import Written, say


def need_engine() -> None:
    """Raises MissingExtra where the part that reads data is not installed."""
    if all(find_spec(part) for part in ("duckdb", "sqlglot")):
        return
    command = Written('pip install "smarketing-sla[check]"')
    raise MissingExtra(say("reading data needs a part that is installed separately: {command}", command=command))
