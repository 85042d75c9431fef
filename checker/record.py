"""What everything in a results file is."""

from __future__ import annotations

from pydantic import BaseModel, ConfigDict


class Record(BaseModel):
    """Base of everything in a results file."""

    model_config = ConfigDict(frozen=True, extra="forbid")
