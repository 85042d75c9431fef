"""From the exports that the `source` section names to lead facts, and statements over them."""

from checker.funnel.duckdb_engine import DuckdbEngine
from checker.funnel.engine import CannotAnswer, Engine
from checker.funnel.event_facts import EventFacts
from checker.funnel.facts import FactColumn
from checker.funnel.funnel import Funnel, KeptOut, check_there_is_a_source, open_funnel, open_rows
from checker.funnel.packing import pack_rows

__all__ = [
    "CannotAnswer",
    "DuckdbEngine",
    "Engine",
    "EventFacts",
    "FactColumn",
    "Funnel",
    "KeptOut",
    "check_there_is_a_source",
    "open_funnel",
    "open_rows",
    "pack_rows",
]
