"""The same leads as several systems export them: each in the true shape of that system, with headings, dates, names,
histories and all that is beside the point.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from random import Random
from typing import Any
from zoneinfo import ZoneInfo

from tests.funnel.sources import agreement

ZONE = "America/Sao_Paulo"
PEOPLE = {"sam": "Sam Sá", "ana": "Ana Beltrão"}
SOURCES = {
    # channel of the agreement: what HubSpot shows, its internal name, Salesforce, RD Station
    "organic_search": ("Organic Search", "ORGANIC_SEARCH", "Organic search", "Busca Orgânica | Google"),
    "paid_search": ("Paid Search", "PAID_SEARCH", "Paid search", "Busca Paga | Google"),
    "fairs": ("Fairs", "FAIRS", "Trade Show", "Fairs"),
}
SECTIONS: Mapping[str, Any] = {
    "people": {name: {"name": shown, "team": "sales"} for name, shown in PEOPLE.items()},
    "stages": {
        "visit": {"team": "marketing", "is": "anonymous"},
        "lead": {"team": "marketing"},
        "mql": {"team": "marketing"},
        "sql": {"team": "sales"},
        "opportunity": {"team": "sales", "is": "pipeline"},
        "customer": {"team": "sales", "is": "won"},
    },
    "channels": {channel: {"team": "marketing"} for channel in SOURCES},
    "handoff": {"stage": "mql", "channel": "The queue"},
    "fields": {"employees": {"is": "whole number", "name": "Number of employees"}},
    "plan": {"months": "2027-01 to 2027-06", "average_deal": 4000, "sales_cycle": "1 month"},
    "targets": {"mql": {"all": {"2027-01 to 2027-06": 40}}, "customer": {"all": {"2027-01 to 2027-06": 9}}},
    "marketing_promises": {
        "volume": {"promise": "Deliver", "measure": "volume", "of": "mql", "target": "as planned"},
        "quality": {
            "promise": "Fit",
            "measure": "rate",
            "of": "mql_to_sql",
            "target": "40%",
            "judged_after": "14 days",
        },
    },
    "sales_promises": {
        "first-response": {
            "promise": "Call each new lead",
            "starts": "handed_off",
            "stops": "first_personal_contact",
            "within": "4 business hours",
            "target": "80%",
        },
        "revenue": {"promise": "Win", "measure": "revenue", "target": "as planned"},
    },
}


def with_source(source: Mapping[str, Any]) -> Any:
    """The agreement of all exports, with this source."""
    return agreement(source, **SECTIONS)


@dataclass
class Lead:
    """A lead; moments are those of the clocks in São Paulo."""

    id: str
    channel: str
    owner: str
    employees: int | None
    created: datetime
    mql: datetime | None = None
    handed_off: datetime | None = None
    calls: list[datetime] = field(default_factory=list)
    sql: datetime | None = None
    opened: datetime | None = None
    amount: str = ""
    closed: date | None = None
    is_won: bool = False
    lost_reason: str = ""

    @property
    def contacted(self) -> datetime | None:
        return min((call for call in self.calls if self.handed_off and call >= self.handed_off), default=None)


def made(count: int, seed: int = 1) -> list[Lead]:
    """Leads of half a year; each of the steps is reached by a part of those that came to the one before."""
    chance = Random(seed)
    found = []
    for number in range(count):
        created = datetime(2027, 1, 1, 8) + timedelta(minutes=chance.randrange(180 * 24 * 60), seconds=number % 60)
        lead = Lead(
            id=f"00Q{number:05d}",
            channel=chance.choice(list(SOURCES)),
            owner=chance.choice(list(PEOPLE)),
            employees=chance.choice([None, *range(5, 500)]),
            created=created,
        )
        found.append(lead)
        if chance.random() < 0.2:
            continue
        lead.mql = created + timedelta(minutes=chance.randrange(60 * 24 * 5))
        lead.handed_off = lead.mql + timedelta(minutes=chance.randrange(1, 90))
        calls = chance.choice([0, 1, 1, 2, 3])
        lead.calls = sorted(
            lead.handed_off + timedelta(minutes=chance.choice([5, 30, 100, 4000]) + call) for call in range(calls)
        )
        if not lead.calls or chance.random() < 0.4:
            continue
        lead.sql = lead.calls[-1] + timedelta(hours=chance.randrange(1, 72))
        lead.opened = lead.sql + timedelta(hours=chance.randrange(1, 72))
        lead.amount = f"{chance.randrange(500, 9000)}.{chance.choice(['00', '50'])}"
        if chance.random() < 0.7:
            lead.closed = (lead.opened + timedelta(days=chance.randrange(3, 40))).date()
            lead.is_won = chance.random() < 0.6
            lead.lost_reason = "" if lead.is_won else chance.choice(["Price", "No decision"])
    return found


def write(file: Path, rows: Sequence[Mapping[str, str]], further: Iterable[str] = (), encoding: str = "utf-8") -> None:
    """Writes an export: the headings of the first row, then `further` ones whose cells are blank."""
    file.parent.mkdir(parents=True, exist_ok=True)
    headings, blanks = list(rows[0]), list(further)
    with file.open("w", encoding=encoding, newline="") as out:
        writer = csv.writer(out)
        writer.writerow([*headings, *blanks])
        writer.writerows([*(row[heading] for heading in headings), *("" for _ in blanks)] for row in rows)


def _local(moment: datetime | None) -> str:
    return "" if moment is None else f"{moment:%Y-%m-%d %H:%M:%S}"


def _utc(moment: datetime | None) -> str:
    """As programming interfaces write it: `2027-03-01T13:00:00.000Z`."""
    if moment is None:
        return ""
    return f"{moment.replace(tzinfo=ZoneInfo(ZONE)).astimezone(UTC):%Y-%m-%dT%H:%M:%S}.000Z"


def _close(day: date | None) -> datetime | None:
    return None if day is None else datetime(day.year, day.month, day.day, 16, 30)


# ---------------------------------------------------------------- HubSpot


def hubspot(leads: Sequence[Lead], folder: Path, names: str = "labels") -> dict[str, Any]:
    """Contacts and deals with `labels` or `internal` names; gives the source section."""
    is_internal = names == "internal"
    stamp = _utc if is_internal else _local
    contacts = [
        {
            "Record ID": lead.id,
            "Email": f"{lead.id}@example.com",
            "Lifecycle Stage": "Customer" if lead.is_won else "Lead",
            "Original Source": SOURCES[lead.channel][1 if is_internal else 0],
            "Number of Employees": "" if lead.employees is None else str(lead.employees),
            "Contact owner": PEOPLE[lead.owner],
            "Create Date": stamp(lead.created),
            "Became a Lead Date": stamp(lead.created),
            "Became a Marketing Qualified Lead Date": stamp(lead.mql),
            "Owner assigned date": stamp(lead.handed_off),
            "First outreach date": stamp(lead.contacted),
            "Became a Sales Qualified Lead Date": stamp(lead.sql),
            "Lead Status": "Connected",
            "Merged Contact IDs": "7001;7002" if lead.id.endswith("3") else "",
        }
        for lead in leads
    ]
    deals = [
        {
            "Record ID": f"D{lead.id}",
            "Deal Name": "New deal",
            "Pipeline": "Sales Pipeline",
            "Deal Stage": "Closed won" if lead.is_won else "Closed lost" if lead.closed else "Appointment scheduled",
            "Amount": lead.amount,
            "Create Date": stamp(lead.opened),
            # of an open deal, the day on which it is hoped for
            "Close Date": stamp(_close(lead.closed or (lead.opened + timedelta(days=30)).date())),
            "Is Closed Won": "true" if lead.is_won else "false",
            "Is Closed Lost": "true" if lead.closed and not lead.is_won else "false",
            "Closed Lost Reason": lead.lost_reason,
            "Associated Contact IDs": lead.id,
        }
        for lead in leads
        if lead.opened is not None
    ]
    if is_internal:
        contacts = [_renamed(row, HUBSPOT_CONTACT) for row in contacts]
        deals = [_renamed(row, HUBSPOT_DEAL) for row in deals]
    write(folder / "all-contacts.csv", contacts, ["HubSpot Team", "City"], encoding="utf-8-sig")
    write(folder / "all-deals.csv", deals, ["Deal Type"])
    return {"system": "hubspot", "timezone": ZONE, "files": ["all-contacts.csv", "all-deals.csv"]}


HUBSPOT_CONTACT = {
    "Record ID": "hs_object_id",
    "Email": "email",
    "Lifecycle Stage": "lifecyclestage",
    "Original Source": "hs_analytics_source",
    "Number of Employees": "numberofemployees",
    "Contact owner": "hubspot_owner_id",
    "Create Date": "createdate",
    "Became a Lead Date": "hs_lifecyclestage_lead_date",
    "Became a Marketing Qualified Lead Date": "hs_lifecyclestage_marketingqualifiedlead_date",
    "Owner assigned date": "hubspot_owner_assigneddate",
    "First outreach date": "hs_first_outreach_date",
    "Became a Sales Qualified Lead Date": "hs_v2_date_entered_salesqualifiedlead",
    "Lead Status": "hs_lead_status",
    "Merged Contact IDs": "hs_merged_object_ids",
}
HUBSPOT_DEAL = {
    "Record ID": "hs_object_id",
    "Deal Name": "dealname",
    "Pipeline": "pipeline",
    "Deal Stage": "dealstage",
    "Amount": "amount",
    "Create Date": "createdate",
    "Close Date": "closedate",
    "Is Closed Won": "hs_is_closed_won",
    "Is Closed Lost": "hs_is_closed_lost",
    "Closed Lost Reason": "closed_lost_reason",
    "Associated Contact IDs": "associations.contact.id",
}


def _renamed(row: Mapping[str, str], names: Mapping[str, str]) -> dict[str, str]:
    return {names[heading]: cell for heading, cell in row.items()}


# ---------------------------------------------------------------- Salesforce


def salesforce(leads: Sequence[Lead], folder: Path, names: str = "api") -> dict[str, Any]:
    """Leads, their history, opportunities and tasks with `api` names or those of a `warehouse`; gives the source."""
    rows, history, opportunities, tasks = [], [], [], []
    for lead in leads:
        is_converted = lead.opened is not None
        rows.append(
            {
                "Id": lead.id,
                "Status": "Closed - Converted" if is_converted else "Working - Contacted",
                "LeadSource": SOURCES[lead.channel][2],
                "Owner.Name": PEOPLE[lead.owner],
                "NumberOfEmployees": "" if lead.employees is None else str(lead.employees),
                "CreatedDate": _utc(lead.created),
                "IsConverted": "true" if is_converted else "false",
                "ConvertedDate": "" if lead.opened is None else f"{lead.opened:%Y-%m-%d}",
                "ConvertedOpportunityId": f"006{lead.id}" if is_converted else "",
                "ConvertedContactId": f"003{lead.id}" if is_converted else "",
                "MasterRecordId": "",
            }
        )
        changes = [
            (lead.created, "created", "", ""),
            (lead.mql, "Status", "Open - Not Contacted", "MQL"),
            (lead.handed_off, "Owner", "Queue", PEOPLE[lead.owner]),
            (lead.sql, "Status", "MQL", "Accepted by sales"),
        ]
        history += [
            {
                "Id": f"017{lead.id}{index}",
                "LeadId": lead.id,
                "Field": changed,
                "OldValue": before,
                "NewValue": after,
                "CreatedDate": _utc(at),
                "CreatedById": "005000",
            }
            for index, (at, changed, before, after) in enumerate(changes)
            if at is not None
        ]
        tasks += [
            {
                "Id": f"00T{lead.id}{index}",
                # what a converted lead has done hangs on its contact from then on
                "WhoId": f"003{lead.id}" if is_converted else lead.id,
                "Lead_ID__c": lead.id,
                "Subject": "Call",
                "Status": "Completed",
                "TaskSubtype": "Call",
                "OwnerId": PEOPLE[lead.owner],
                "ActivityDate": f"{call:%Y-%m-%d}",
                "CompletedDateTime": _utc(call),
            }
            for index, call in enumerate(lead.calls)
        ]
        if lead.opened is not None:
            opportunities.append(
                {
                    "Id": f"006{lead.id}",
                    "Name": "New business",
                    "StageName": "Closed Won" if lead.is_won else "Closed Lost" if lead.closed else "Prospecting",
                    "Amount": lead.amount,
                    "CreatedDate": _utc(lead.opened),
                    "CloseDate": f"{lead.closed or (lead.opened + timedelta(days=30)).date()}",
                    "IsClosed": "true" if lead.closed else "false",
                    "IsWon": "true" if lead.is_won else "false",
                    "Loss_Reason__c": lead.lost_reason,
                }
            )
    tables = {"Lead": rows, "LeadHistory": history, "Opportunity": opportunities, "Task": tasks}
    for name, table in tables.items():
        if names == "warehouse":
            table = [{_snake(heading): _bare(cell) for heading, cell in row.items()} for row in table]
        write(folder / f"{name}.csv", table)
    return {
        "system": "salesforce",
        "timezone": "UTC" if names == "warehouse" else ZONE,
        "files": [f"{name}.csv" for name in tables],
        "stages": {"mql": "MQL", "sql": "Accepted by sales"},
    }


def _snake(heading: str) -> str:
    """`LeadSource` -> `lead_source`."""
    words = re.findall(r"[A-Z]+(?![a-z])|[A-Z]?[a-z]+", heading)
    return "_".join(words).lower()


def _bare(cell: str) -> str:
    """A warehouse's own time stamp: UTC, without saying so; a day becomes its midnight."""
    if len(cell) == len("2027-03-01T13:00:00.000Z") and cell.endswith("Z"):
        return cell[:19].replace("T", " ")
    is_day = len(cell) == len("2027-03-01") and cell[4:5] == "-" and cell[7:8] == "-"
    return f"{cell} 00:00:00" if is_day else cell


# ---------------------------------------------------------------- RD Station


def rd_station(leads: Sequence[Lead], folder: Path) -> dict[str, Any]:
    """The export of leads, with two columns `Celular`; gives the source section."""
    rows = [
        {
            "Email": lead.id,
            "Nome": "Maria",
            "Telefone": "",
            "Celular": "11 99999-0000",
            "Empresa": "",
            "Estágio no funil": "Cliente" if lead.is_won else "Lead Qualificado" if lead.mql else "Lead",
            "Dono do Lead": PEOPLE[lead.owner],
            "Number of employees": "" if lead.employees is None else str(lead.employees),
            "Tags": "a; b",
            "Total de conversões": "1",
            "Data da primeira conversão": _offset(lead.created),
            "Origem da primeira conversão": SOURCES[lead.channel][3],
            "Data da última oportunidade": _offset(lead.handed_off),
            "Data da última venda": _offset(_close(lead.closed) if lead.is_won else None),
            "Valor da última venda": lead.amount if lead.is_won else "",
        }
        for lead in leads
    ]
    write(folder / "leads.csv", rows, ["Celular"])
    return {
        "system": "rd_station",
        "timezone": ZONE,
        "files": ["leads.csv"],
        "stages": dict.fromkeys(("mql", "sql"), "not in the data"),
    }


def _offset(moment: datetime | None) -> str:
    return "" if moment is None else f"{moment:%Y-%m-%d %H:%M:%S} -0300"
