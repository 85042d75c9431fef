"""A list of leads as a table for spreadsheets and routers: one row a lead, moments with their distance from UTC."""

from __future__ import annotations

import csv
import io

from checker.measures.listed import Listed
from checker.report.in_force_words import DRAFT
from checker.report.leads_words import LeadWords, by_owners, iso
from checker.report.spreadsheets import harmless

HEADINGS = (
    "lead",
    "owner",
    "channel",
    "promise",
    "owed_by",
    "again",
    "since",
    "deadline",
    "late_seconds",
    "counted_in",
    "late",
    "unsure",
    "why",
    "what_to_do",
    "link",
    "route",
    "route_line",
)
"""The columns. Where releases are in force `version` follows, the one that governs the lead here (or `draft`); then
fields with personal data, where they were asked for. `late_seconds` is below zero while time is left; without a
deadline it is the age.
"""
VERSION = "version"


def leads_csv(words: LeadWords, *, by_owner: bool = False) -> str:
    """The text of the file: UTF-8, commas, a line of headings. No cell begins a formula."""
    to = io.StringIO()
    writer = csv.writer(to, lineterminator="\n")
    personal, leads = words.listed.personal, words.listed.leads
    of_releases = any(version != DRAFT for version in (words.listed.version, *(lead.version for lead in leads)))
    writer.writerow([*HEADINGS, *([VERSION] if of_releases else []), *personal])
    groups = by_owners(leads, words.listed.owners) if by_owner else [(None, leads)]
    for _, group in groups:
        for lead in group:
            version = [lead.version] if of_releases else []
            cells = [*_cells(words, lead), *version, *(lead.personal.get(name, "") for name in personal)]
            writer.writerow([harmless(cell) if isinstance(cell, str) else cell for cell in cells])
    return to.getvalue()


def _cells(words: LeadWords, lead: Listed) -> list[str | int | None]:
    route = lead.route
    return [
        lead.lead,
        lead.owner,
        lead.channel,
        lead.promise,
        lead.owed_by,
        "yes" if lead.is_again else "no",
        iso(lead.since),
        iso(lead.deadline),
        lead.seconds,
        "business time" if lead.is_business else "time",
        words.late(lead),
        "yes" if lead.unsure else "no",
        "; ".join(words.reasons(lead)),
        words.do(lead),
        lead.link,
        None if route is None else " ".join(route.sellers),
        None if route is None or route.place is None else f"{route.place.file}:{route.place.line}",
    ]
