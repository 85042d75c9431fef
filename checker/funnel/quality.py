"""What is odd in the data and was read all the same: counted, named, and shown on the page about the data.

All counts over leads come from one statement; examples are asked for only where something was found.
"""

from __future__ import annotations

from collections.abc import Mapping

from checker.agreement import Agreement
from checker.funnel.engine import Engine
from checker.funnel.facts import FACTS
from checker.funnel.file_rows import FileRows
from checker.funnel.joins import unmatched
from checker.funnel.nodes import how_many, select, table
from checker.funnel.oddities import quality
from checker.funnel.order import violations
from checker.funnel.reading_plan import Plan
from checker.funnel.repeats import Repeats
from checker.funnel.value_oddities import ValueOddities
from checker.verdict import Quality


def quality_of(
    agreement: Agreement, engine: Engine, plan: Plan, files: Mapping[str, FileRows], repeats: Mapping[str, Repeats]
) -> tuple[Quality, ...]:
    """Everything odd: stamps out of order, values that the agreement does not know or that make no sense, blanks,
    rows without a partner, and what was left unread.
    """
    oddities = [*violations(agreement, engine, plan, files), *ValueOddities(agreement, engine, plan)]
    found: list[Quality] = []
    if oddities:
        asked = [how_many(counted.copy()) for oddity in oddities for counted in (oddity.condition, oddity.among)]
        counts = [int(count) for count in engine.row(select(asked, table(FACTS)))]
        found += [
            oddity.told(count, among)
            for oddity, count, among in zip(oddities, counts[::2], counts[1::2], strict=True)
            if count
        ]
    found += unmatched(engine, plan, files, repeats)
    found += [quality("not read", 1, message) for message in plan.not_read]
    return tuple(found)
