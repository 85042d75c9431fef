"""A lead and an opportunity as the made-up CRM keeps them, and as rows of its two exports.

The exports are wide: one row a lead with one column an event (its first time), one row an opportunity.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import TypeAlias

from checker.samples.profiles import Profile

Row: TypeAlias = Mapping[str, str]
"""Column -> cell, in the order of the columns."""

PEOPLE = {
    "ana": "Ana Beltrão",
    "bruno": "Bruno Sá",
    "caio": "Caio Lins",
    "dora": "Dora Maia",
    "edu": "Edu Freitas",
    "tomas": "Tomás Quintela",
}
"""Who may own a lead, as the CRM writes their names."""


class Fate(StrEnum):
    """Which way a lead that was handed off goes."""

    WORKING = "sales goes on working on it"
    QUALIFIED = "becomes an SQL"
    SENT_BACK = "comes back before it is accepted"
    RETURNED = "is accepted, and comes back later"


# Compared by identity: two leads may well look the same.
@dataclass(slots=True, eq=False)
class Lead:
    """One lead, from its first trace to its end; what has not happened is None or blank."""

    channel: str
    source: str
    created: datetime
    profile: Profile
    campaign: str = ""
    account_seller: str = ""
    region: str = ""
    owner: str = ""
    became_lead: datetime | None = None
    became_mql: datetime | None = None
    handed_off: datetime | None = None
    automatic_mail: datetime | None = None
    contacted: datetime | None = None
    """The first contact in person; automatic mail is none."""
    decided: datetime | None = None
    returned: datetime | None = None
    reason: str = ""
    handed_off_again: datetime | None = None
    became_sql: datetime | None = None
    outcome_written: datetime | None = None
    outcome: str = ""
    lost: datetime | None = None
    budget: str = ""
    authority: str = ""
    need: str = ""
    timeline: str = ""
    merged_into: Lead | None = None
    is_wrongly_qualified: bool = False
    fate: Fate = Fate.WORKING
    record_id: str = ""

    def row(self, cut_off: datetime) -> Row:
        """What an export made at the cut-off says of it."""

        def stamp(moment: datetime | None) -> str:
            return "" if moment is None or moment > cut_off else f"{moment:%Y-%m-%d %H:%M:%S}"

        def once(moment: datetime | None, text: str) -> str:
            return text if stamp(moment) else ""

        profile, handed_off = self.profile, self.handed_off
        spoken_with = self.outcome_written or self.became_sql
        return {
            "Record ID": self.record_id,
            "Created at": stamp(self.created),
            "Lead source": self.source,
            "Campaign": self.campaign,
            "Full name": profile.full_name,
            "Email": profile.email,
            "Phone": profile.phone,
            "Company": profile.company,
            "Company type": profile.company_type,
            "Job title": profile.job_title,
            "Industry": profile.industry,
            "Employees": profile.employees,
            "Cold rooms": profile.cold_rooms,
            "Country": profile.country,
            "State": profile.state,
            "Account seller": PEOPLE.get(self.account_seller, ""),
            "Contact consent": profile.consent,
            "Interested in": profile.interested_in,
            "Wants it by": profile.wants_it_by,
            "Lead score": str(profile.score((handed_off or cut_off).date())) if profile.activities else "",
            "Recent activity": "; ".join(profile.activities),
            "Last activity": profile.activities[-1] if profile.activities else "",
            "Last visit": profile.last_visit.isoformat() if profile.activities else "",
            "Became lead at": stamp(self.became_lead),
            "Became MQL at": stamp(self.became_mql),
            "Handed off at": stamp(handed_off),
            "Lead owner": PEOPLE.get(self.owner, ""),
            "Automatic e-mail at": stamp(self.automatic_mail),
            "First personal contact at": stamp(self.contacted),
            "Decided at": stamp(self.decided),
            "Returned at": stamp(self.returned),
            "Return reason": once(self.returned, self.reason),
            "Handed off again at": stamp(self.handed_off_again),
            "Became SQL at": stamp(self.became_sql),
            "BANT budget": once(spoken_with, self.budget),
            "BANT authority": once(spoken_with, self.authority),
            "BANT need": once(spoken_with, self.need),
            "BANT timeline (months)": once(spoken_with, self.timeline),
            "Outcome": once(self.outcome_written, self.outcome),
            "Outcome written at": stamp(self.outcome_written),
            "Lost at": stamp(self.lost),
            "Merged into": self.merged_into.record_id if self.merged_into else "",
        }


@dataclass(slots=True, eq=False)
class Deal:
    """One opportunity: opened after the first meeting, then won, lost or still open."""

    lead: Lead
    opened: datetime
    amount: int
    expected_close: date
    closed: date | None = None
    is_won: bool = False
    next_step: str = ""
    next_step_on: date | None = None
    deal_id: str = ""
    lead_id: str = ""
    """Where it names a lead that is not in the export; else the lead's own id is written."""

    def is_closed(self, cut_off: datetime) -> bool:
        """Whether it is won or lost at the cut-off."""
        return self.closed is not None and self.closed <= cut_off.date()

    def row(self, cut_off: datetime) -> Row:
        """What an export made at the cut-off says of it."""
        is_closed = self.is_closed(cut_off)
        open_stage = "Proposal sent" if (cut_off - self.opened).days > 20 else "Meeting held"
        return {
            "Deal ID": self.deal_id,
            "Lead ID": self.lead_id or self.lead.record_id,
            "Deal owner": PEOPLE[self.lead.owner],
            "Deal created at": f"{self.opened:%Y-%m-%d %H:%M:%S}",
            "Amount": f"{self.amount}.00",
            "Stage": ("Closed won" if self.is_won else "Closed lost") if is_closed else open_stage,
            "Close date": self.closed.isoformat() if self.closed and is_closed else "",
            "Expected close": self.expected_close.isoformat(),
            "Next step": "" if is_closed else self.next_step,
            "Next step on": "" if is_closed or self.next_step_on is None else self.next_step_on.isoformat(),
        }
