"""Which fields can have no value before the handoff."""

from __future__ import annotations

from checker.agreement import BUILT_IN_FIELDS, Agreement

DECIDED_BY_SALES = ("accepted", "return_reason")
"""Built-in fields that nobody can fill in before the handoff, wherever they are kept."""


def is_filled_in_later(agreement: Agreement, name: str) -> bool:
    """Whether a field has no value before the handoff."""
    field = agreement.fields.get(name)
    if field is not None and (field.filled_in is not None or name not in BUILT_IN_FIELDS):
        return not field.known_before_handoff
    return name in DECIDED_BY_SALES
