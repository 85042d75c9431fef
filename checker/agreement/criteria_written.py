"""What makes a lead one of a stage, as it was written: to tell whether two versions of an agreement ask the same."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from checker.agreement.agreement import Agreement
from checker.agreement.conditions import Condition

_NOT_ASKED = ("name", "team", "is", "means", "why", "built_from")
"""Keys of a stage or group that ask nothing of a lead."""


def criteria_written(agreement: Agreement) -> dict[str, Any]:
    """Stage -> its conditions, those of the groups and stages that they lead to included."""
    return {name: _asked(agreement, stage, (name,)) for name, stage in agreement.stages.items()}


def tests_written(agreement: Agreement) -> dict[str, frozenset[tuple[str, str]]]:
    """Stage -> each field that its conditions ask for, with the test as written."""
    return {
        name: frozenset((test.field, test.test.written) for test in agreement.reached(node))
        for name, node in agreement.named_conditions.items()
        if name in agreement.stages
    }


def rates_written(agreement: Agreement) -> dict[tuple[str | int, ...], Any]:
    """Path -> rate, of all channels together and of each one's own."""
    found: dict[tuple[str | int, ...], Any] = {
        ("rates", rate): share for rate, share in (agreement.sections.rates or {}).items()
    }
    for name, channel in agreement.channels.items():
        found |= {("channels", name, "rates", rate): share for rate, share in (channel.rates or {}).items()}
    return found


def _named(agreement: Agreement, name: str, above: tuple[str, ...]) -> Any:
    met = (agreement.sections.groups or {}).get(name) or agreement.stages.get(name)
    return name if met is None or name in above else _asked(agreement, met, (*above, name))


def _asked(agreement: Agreement, condition: Condition, above: tuple[str, ...]) -> Any:
    keys = condition.model_dump(mode="python", by_alias=True, exclude_none=True)
    return _followed(agreement, {key: value for key, value in keys.items() if key not in _NOT_ASKED}, above)


def _followed(agreement: Agreement, value: Any, above: tuple[str, ...]) -> Any:
    """A condition with what it meets in the place of the name."""
    if isinstance(value, Mapping):
        return {
            key: _named(agreement, part, above)
            if key == "meets" and isinstance(part, str)
            else _followed(agreement, part, above)
            for key, part in value.items()
        }
    return [_followed(agreement, part, above) for part in value] if isinstance(value, list) else value
