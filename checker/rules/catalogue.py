"""All rules, in the order of their codes."""

from __future__ import annotations

from functools import cache
from importlib import import_module

from checker.rules.rule import Rule

MODULES = (
    "notation",
    "format",
    "unknown_names",
    "values",
    "unused_names",
    "twins",
    "circles",
    "working_times",
    "currency",
    "plan_numbers",
    "plan_goal",
    "plan_capacity",
    "plan_shape",
    "plan_slack",
    "handoff",
    "handed_over_data",
    "seller_load",
    "returned_leads",
    "clock_events",
    "recorded_events",
    "time_units",
    "deadlines",
    "ladders",
    "promise_levels",
    "promise_evidence",
    "promise_sense",
    "excuses",
    "escalation",
    "working_hours",
    "days_off",
    "completeness",
    "documentation",
    "own_rules",
)
"""Every file of this room that declares rules, by subject."""


@cache
def rules() -> tuple[Rule, ...]:
    """The catalogue. Reading it imports every rule, so it is asked for only when rules are run or shown."""
    found = {
        value.code: value
        for name in MODULES
        for value in vars(import_module(f"checker.rules.{name}")).values()
        if isinstance(value, Rule)
    }
    return tuple(found[code] for code in sorted(found))


def rule_of(code: str) -> Rule | None:
    """The rule with this code, in any case; None where there is none."""
    return next((rule for rule in rules() if rule.code == code.upper()), None)
