"""Which written lines may be changed to settle a check: what people decide before what they found out."""

from __future__ import annotations

from collections.abc import Iterable

from checker.finding import Path
from checker.logic.plan_checks import Check, Kind, numbers_behind
from checker.logic.plan_inputs import PlanInputs

_CAPACITY = (Kind.HANDOFFS, Kind.NEW_OPPORTUNITIES, Kind.OPEN_OPPORTUNITIES)


def candidates(inputs: PlanInputs, check: Check, held: frozenset[Path]) -> list[Path]:
    """The lines that may be changed to settle a check: decisions before facts, so rates are never among them.

    What a customer costs also follows from the budgets, and these are decided.
    """
    behind = numbers_behind(inputs, check.compute)
    targets = [path for path in behind if path[0] == "targets"]
    if check.kind in _CAPACITY:
        limits = [path for path in behind if path[0] in ("sellers", "limit_per_seller")]
        paths = limits if not held & set(limits) else targets
    elif check.kind is Kind.COST:
        paths = [*(path for path in behind if path[-1] == "budget"), check.at]
    elif check.kind is Kind.COVERAGE_FACTOR:
        paths = [check.at]
    elif check.kind is Kind.REVENUE:
        paths = [("plan", "revenue"), ("plan", "customers")]
    elif check.kind is Kind.COVERAGE:
        paths = [*targets, check.at]
    else:
        paths = [path for path in targets if path != check.at] + [check.at]
    return [path for path in dict.fromkeys(paths) if path not in held]


def is_doubtful(fact: Path, settled: Iterable[Check]) -> bool:
    """Whether something measured may be what is wrong: a rate (or a month of a ramp) against several targets.

    What was opened before the plan is past, and a deal's size is what it is: neither is doubted.
    """
    if "rates" not in fact and "ramp" not in fact:
        return False
    return len({check.at for check in settled if check.at[0] == "targets"}) >= 2
