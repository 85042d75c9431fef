"""Names of the events that a lead, a return or an activity may have, and what each one counts."""

from collections.abc import Iterable
from typing import Literal, TypeAlias

Counts: TypeAlias = Literal["lead", "return", "activity"]

BECAME = "became_"
FIXED_EVENTS: dict[str, Counts] = {
    "handed_off": "lead",
    "handed_off_again": "return",
    "assigned": "lead",
    "contact_attempt": "activity",
    "first_personal_contact": "lead",
    "decided": "lead",
    "returned": "return",
    "outcome_written": "lead",
    "activity": "activity",
    "activity_logged": "activity",
    "lost": "lead",
}
"""Event -> what one of it is: clocks between return events count returns, those of activities count activities."""


def became(stage: str) -> str:
    """The event of reaching a stage."""
    return BECAME + stage


def event_names(stages: Iterable[str]) -> tuple[str, ...]:
    """Every event of an agreement: reaching each stage, then the fixed ones."""
    return (*(became(stage) for stage in stages), *FIXED_EVENTS)


def counted_by(event: str) -> Counts:
    """What one occurrence of an event is."""
    return FIXED_EVENTS.get(event, "lead")
