"""The smallest agreement that a proposed section fits: what it has to declare so that the data can be read."""

from __future__ import annotations

from typing import Any

from checker.agreement.events import BECAME
from checker.inspection.happenings import USUAL_STAGES
from checker.inspection.proposal import Proposal

WON, PIPELINE = "customer", "opportunity"


def declared_by(proposal: Proposal) -> dict[str, Any]:
    """Format, working time, stages, channels and fields as values; nothing is promised in it."""
    found = [event.removeprefix(BECAME) for event in proposal.events if event.startswith(BECAME)]
    return _declared(proposal, found or ["lead"])


def usual_for(proposal: Proposal) -> dict[str, Any]:
    """The same with all usual stages, for a known system that may tell more of them than headings do."""
    return _declared(proposal, list(USUAL_STAGES.values()))


def _declared(proposal: Proposal, names: list[str]) -> dict[str, Any]:
    stages: dict[str, dict[str, str]] = {name: {} for name in names}
    for stage, entry in stages.items():
        entry["team"] = "marketing" if stage in ("lead", "mql") else "sales"
        if stage == WON:
            entry["is"] = "won"
        elif stage == PIPELINE:
            entry["is"] = "pipeline"
    values: dict[str, Any] = {
        "format": "sla/v1",
        "agreement": "Draft",
        "status": "draft",
        "working_time": {
            "office": {"timezone": proposal.values["timezone"], "days": "Monday to Friday", "hours": "09:00 to 18:00"}
        },
        "stages": stages,
    }
    if proposal.channels:
        values["channels"] = {channel: {"team": "marketing"} for channel in proposal.channels}
    if proposal.fields:
        values["fields"] = {
            field.id: {"is": field.kind, **({"filled_in": "after handoff"} if field.is_late else {})}
            for field in proposal.fields
        }
    return values
