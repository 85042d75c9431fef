"""What is odd in the data and was read all the same: counted, named, and shown on the page about the data.

All counts over leads come from one statement, but for those of values; examples are asked for only where something was
found.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from sqlglot import exp

from checker.agreement import Agreement
from checker.funnel.engine import Engine
from checker.funnel.facts import FACTS, told_events
from checker.funnel.file_rows import FileRows
from checker.funnel.joins import unmatched
from checker.funnel.log_oddities import log_oddities
from checker.funnel.nodes import Node, column, count_star, either, how_many, inner, named, number, select, table
from checker.funnel.order import violations
from checker.funnel.reading_plan import Plan
from checker.funnel.repeats import Repeats
from checker.funnel.value_oddities import ValueOddities
from checker.verdict import Quality

_COUNT = "count"


def quality_of(
    agreement: Agreement,
    engine: Engine,
    plan: Plan,
    files: Mapping[str, FileRows],
    repeats: Mapping[str, Repeats],
    leads: int,
) -> tuple[Quality, ...]:
    """Everything odd among so many leads: stamps out of order, values that the agreement does not know or that make no
    sense, blanks, rows without a partner, and lines of logs that say nothing.
    """
    oddities = [*violations(agreement, engine, plan, files), *ValueOddities(agreement, engine, plan, files, repeats)]
    # to go through the leads once more is cheap where nothing is joined to them
    by_value = [oddity for oddity in oddities if oddity.of_value is not None and len(plan.files) == 1]
    known = {oddity.condition: _count_by_value(engine, oddity.condition, oddity.of_value or "") for oddity in by_value}
    unknown = [oddity for oddity in oddities if oddity.count is None and oddity.condition not in known]
    told = told_events(plan, files)
    after = [oddity for oddity in unknown if oddity.after in told]
    # most rows of a large file have none of these events: the others are asked apart
    counts = known | _count(engine, [oddity.condition for oddity in after], {str(oddity.after) for oddity in after})
    amongs = [oddity.among for oddity in oddities if oddity.among is not None]
    counts |= _count(engine, [*(oddity.condition for oddity in unknown if oddity not in after), *amongs])
    found: list[Quality] = []
    for oddity in oddities:
        count = counts[oddity.condition] if oddity.count is None else oddity.count
        if count:
            found.append(oddity.told(count, leads if oddity.among is None else counts[oddity.among]))
    found += unmatched(engine, plan, files, repeats)
    for name, file in plan.files.items():
        if file.is_log:
            found += log_oddities(engine, files[name], repeats)
    return tuple(found)


def _count_by_value(engine: Engine, condition: Node, name: str) -> int:
    """The number of leads for whom a condition on the value of one column holds: each value is asked once."""
    of_values = select([column(name), named(count_star(), _COUNT)], table(FACTS)).group_by(column(name), copy=False)
    total = exp.Coalesce(this=exp.Sum(this=column(_COUNT)), expressions=[number(0)])
    return int(engine.row(select([total], inner(of_values, "of_values"), condition.copy()))[0])


def _count(engine: Engine, conditions: Iterable[Node], after: Iterable[str] = ()) -> dict[Node, int]:
    """The number of leads for whom each condition holds; `after` are events, one of which must have happened for it."""
    different = list(dict.fromkeys(conditions))
    if not different:
        return {}
    told = either(column(f"told_{event}") for event in sorted(after))
    statement = select([how_many(each.copy()) for each in different], table(FACTS), told if after else None)
    return {condition: int(count) for condition, count in zip(different, engine.row(statement), strict=True)}
