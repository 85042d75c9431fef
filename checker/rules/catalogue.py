"""All rules, in the order of their codes."""

from __future__ import annotations

from functools import cache
from importlib import import_module

from checker.rules.rule import Rule

MODULES = (
    "notation",
    "languages",
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
    "plan_possible",
    "plan_beginnings",
    "plan_unused",
    "plan_promised",
    "impossible",
    "empty_conditions",
    "ordered_lists",
    "included_and_excluded",
    "range_edges",
    "field_tests",
    "counted_conditions",
    "points",
    "routing_people",
    "collected_later",
    "bant",
    "modes",
    "unproved",
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
    "meetings",
    "feedback",
    "days",
    "personal_data",
    "waivers",
    "releases",
    "completeness",
    "documentation",
    "dictionary",
    "wording",
    "customers",
    "own_rules",
)
"""Every file of this room that declares rules, by subject."""
DATA_MODULES = ("names", "plan", "rates", "criteria")
"""Every file of `by_data` that declares rules."""


@cache
def rules() -> tuple[Rule, ...]:
    """What `sla validate` looks for. Reading it imports every rule, so it is asked for only when rules are run or
    shown.
    """
    return _declared(MODULES)


@cache
def data_rules() -> tuple[Rule, ...]:
    """What `sla check` looks for beside the promises: what only data can show of an agreement."""
    return _declared(tuple(f"by_data.{name}" for name in DATA_MODULES))


def every_rule() -> tuple[Rule, ...]:
    """The whole catalogue: the rules of both."""
    return tuple(sorted((*rules(), *data_rules()), key=lambda rule: rule.code))


def _declared(modules: tuple[str, ...]) -> tuple[Rule, ...]:
    found = {
        value.code: value
        for name in modules
        for value in vars(import_module(f"checker.rules.{name}")).values()
        if isinstance(value, Rule)
    }
    return tuple(found[code] for code in sorted(found))


def all_rules() -> tuple[Rule, ...]:
    """What `sla validate` looks for and, behind it, the rules that installed packages add. Raises BrokenPackage."""
    from checker.rules.plugins import plugged_in

    return (*rules(), *plugged_in())


def rule_of(code: str) -> Rule | None:
    """The rule with this code, in any case; None where there is none. Raises BrokenPackage."""
    wanted = code.upper()
    return next((rule for rule in every_rule() if rule.code == wanted), None) or next(
        (rule for rule in all_rules() if rule.code == wanted), None
    )
