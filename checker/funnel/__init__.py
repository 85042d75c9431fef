"""From the exports that the `source` section names to lead facts, and statements over them."""

from checker.funnel.engine import Engine
from checker.funnel.event_facts import EventFacts
from checker.funnel.facts import FactColumn
from checker.funnel.funnel import Funnel, check_there_is_a_source, open_funnel

__all__ = ["Engine", "EventFacts", "FactColumn", "Funnel", "check_there_is_a_source", "open_funnel"]
