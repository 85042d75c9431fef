"""Which teams answer for each file of an agreement: those whom its sections bind, or whose work they describe."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from checker.agreement import Agreement, build
from checker.rules.names import SIDES
from checker.text import Document

OF_A_SIDE: Mapping[str, str] = {
    "campaigns": "marketing",
    "content": "marketing",
    "actions": "marketing",
    "points": "marketing",
    "modes": "marketing",
    "personas": "marketing",
    "sellers": "sales",
    "limit_per_seller": "sales",
    "if_seller_leaves": "sales",
    "if_all_are_away": "sales",
    "outcomes": "sales",
    "objections": "sales",
}
"""Section -> the side whose own work it describes. What both owe each other is no side's own."""
BY_ENTRY = ("channels", "processes", "tools")
"""Sections of which each entry names the team that it belongs to."""


def teams_by_file(document: Document) -> dict[str, tuple[str, ...]]:
    """File -> the teams that answer for it: both sides where one of its sections is neither's own."""
    agreement = build(document.values, document.problems, document.unread)
    return {
        file: _in_order(
            team
            for section in document.values
            if document.file_of((section,)) == file
            for team in _teams(section, agreement)
        )
        for file in document.files
    }


def _teams(section: str, agreement: Agreement) -> Iterable[str]:
    if section in OF_A_SIDE:
        return (OF_A_SIDE[section],)
    entries = getattr(agreement.sections, section, None) if section in BY_ENTRY else None
    return [entry.team for entry in entries.values()] if entries else SIDES


def _in_order(teams: Iterable[str]) -> tuple[str, ...]:
    """The two sides first, then the others in the order of the file; both sides where there is none."""
    found = dict.fromkeys(teams) or dict.fromkeys(SIDES)
    return (*(side for side in SIDES if side in found), *(team for team in found if team not in SIDES))
