"""A list of leads for programs: `leads/v1`, whose schema is published in `schema/leads.json`."""

from __future__ import annotations

from datetime import datetime
from typing import Literal

from pydantic import Field

from checker.measures.listed import Listed, ListName
from checker.record import Record
from checker.report.leads_words import LeadWords, by_owners


class RouteRecord(Record):
    """Who gets a lead by the handoff's routing."""

    sellers: tuple[str, ...] = Field(description="Several take turns")
    instead_of: tuple[str, ...] = Field(default=(), description="Sellers who are not there, and have a stand-in")
    file: str | None = None
    line: int | None = Field(default=None, description="The line of the routing that decides")


class LeadRecord(Record):
    """One lead, once for each promise that it is listed for."""

    lead: str = Field(description="The id; its place in the data where the id is an e-mail address")
    owner: str | None = None
    channel: str | None = None
    promise: str | None = Field(default=None, description="The promise, or the rung of its ladder")
    owed_by: Literal["marketing", "sales", "both"] | None = None
    again: bool = Field(default=False, description="True for a second handoff")
    since: datetime | None = Field(default=None, description="When the clock began, in the promise's time zone")
    deadline: datetime | None = None
    late_seconds: int | None = Field(
        default=None, description="Below zero while time is left; without a deadline, the age"
    )
    business_time: bool = Field(default=False, description="True where these are seconds of working time")
    late: str = Field(default="", description="The same in words")
    unsure: bool = Field(default=False, description="True where it cannot be told whether the lead belongs here")
    why: tuple[str, ...] = Field(default=(), description="The conditions that are not met, in words")
    what_to_do: str = ""
    link: str | None = None
    route: RouteRecord | None = None
    personal: dict[str, str] = Field(default={}, description="Fields with personal data, only where asked for")
    version: str = Field(default="", description="The version of the agreement that governs the lead here, or `draft`")


class HiddenRecord(Record):
    """A promise whose leads are not listed, because the data is older than half of its deadline."""

    promise: str
    within: str


class LeadsFile(Record):
    """One run of `sla leads`."""

    format: Literal["leads/v1"] = "leads/v1"
    list: ListName
    agreement: str = ""
    version: str = Field(default="", description="The version in force at the cut-off, or `draft`")
    as_of: datetime
    now: datetime | None = Field(default=None, description="When the list was read, where its age counts")
    timezone: str = "UTC"
    language: str = "en"
    count: int = Field(
        default=0,
        description="How many entries the list has, also where `--limit` cut it: a lead has one for each promise",
    )
    over: int = Field(default=0, description="Further leads that count as missed and ended meanwhile")
    leads: tuple[LeadRecord, ...] = ()
    hidden: tuple[HiddenRecord, ...] = ()
    notes: tuple[str, ...] = Field(default=(), description="What is left out, and why, in words")


def leads_json(words: LeadWords, *, by_owner: bool = False) -> str:
    """The list as JSON."""
    listed = words.listed
    groups = by_owners(listed.leads, listed.owners) if by_owner else [(None, listed.leads)]
    file = LeadsFile(
        list=listed.name,
        agreement=listed.agreement,
        version=listed.version,
        as_of=listed.as_of,
        now=listed.now,
        timezone=listed.timezone,
        language=words.words.language,
        count=listed.total,
        over=len(listed.over),
        leads=tuple(_record(words, lead) for _, group in groups for lead in group),
        hidden=tuple(HiddenRecord(promise=item.promise, within=str(item.within)) for item in listed.hidden),
        notes=tuple(words.notes()),
    )
    return file.model_dump_json(indent=2) + "\n"


def _record(words: LeadWords, lead: Listed) -> LeadRecord:
    route = lead.route
    return LeadRecord.model_validate(
        {
            "lead": lead.lead,
            "owner": lead.owner,
            "channel": lead.channel,
            "promise": lead.promise,
            "owed_by": lead.owed_by,
            "again": lead.is_again,
            "since": lead.since,
            "deadline": lead.deadline,
            "late_seconds": lead.seconds,
            "business_time": lead.is_business,
            "late": words.late(lead),
            "unsure": lead.unsure,
            "why": tuple(words.reasons(lead)),
            "what_to_do": words.do(lead),
            "link": lead.link,
            "personal": dict(lead.personal),
            "version": lead.version,
            "route": None
            if route is None
            else RouteRecord(
                sellers=route.sellers,
                instead_of=route.instead_of,
                file=route.place.file if route.place else None,
                line=route.place.line if route.place else None,
            ),
        }
    )
