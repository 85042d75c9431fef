"""The day on which somebody sits here."""

from __future__ import annotations

from datetime import UTC, date, datetime


def today() -> date:
    """The date that this machine's clock and zone show."""
    return datetime.now(UTC).astimezone().date()
