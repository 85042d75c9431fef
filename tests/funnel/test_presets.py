"""Known systems: the same leads, exported by each of them, are the same facts and get the same verdicts."""

from __future__ import annotations

import tempfile
from collections.abc import Mapping, Sequence
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from checker.agreement import Agreement, build
from checker.errors import SlaError
from checker.funnel import open_funnel
from checker.funnel.presets import written_out
from checker.language import words
from checker.review.check import check
from checker.text import parse
from checker.text.writing import yaml_text
from tests.funnel.exported import (
    SECTIONS,
    SOURCES,
    ZONE,
    Lead,
    hubspot,
    made,
    rd_station,
    salesforce,
    with_source,
    write,
)
from tests.funnel.row_by_row import RowByRow
from tests.funnel.sources import FIELDS, agreement, facts

EXPORTS = {
    "HubSpot, labels": lambda leads, folder: hubspot(leads, folder),
    "HubSpot, internal names": lambda leads, folder: hubspot(leads, folder, "internal"),
    "Salesforce, API names": lambda leads, folder: salesforce(leads, folder),
    "Salesforce, a warehouse": lambda leads, folder: salesforce(leads, folder, "warehouse"),
}
COVERED = ("became_lead", "became_mql", "became_sql", "became_opportunity", "became_customer", "handed_off",
           "first_personal_contact", "contact_attempt")  # fmt: skip
MOMENTS = ("became_lead", "became_mql", "became_sql", "became_opportunity", "handed_off", "first_personal_contact")
DAYS = ("became_customer", "lost")


def instant(moment: datetime | None) -> int | None:
    return None if moment is None else int(moment.replace(tzinfo=ZoneInfo(ZONE)).timestamp())


def truth(lead: Lead) -> dict[str, Any]:
    """What is known of a lead, without any export."""
    moments = (lead.created, lead.mql, lead.sql, lead.opened, lead.handed_off, lead.contacted)
    return {
        "lead_id": lead.id,
        "channel": lead.channel,
        "owner": lead.owner,
        "field_employees": lead.employees,
        "amount": Decimal(lead.amount) if lead.amount else None,
        **dict(zip(MOMENTS, map(instant, moments), strict=True)),
        "became_customer": lead.closed if lead.is_won else None,
        "lost": None if lead.is_won else lead.closed,
        "disposition": lead.lost_reason or None,
    }


def read(agreement: Agreement, folder: Path) -> list[dict[str, Any]]:
    """What the facts say of each lead, under the names of `truth`; of deals that were closed, the day."""
    with open_funnel(agreement, folder) as funnel:
        rows = facts(funnel)
    return [
        {
            **{name: row.get(name) for name in ("lead_id", "owner", "field_employees", "amount", "disposition")},
            "channel": (row["channel"] or "").lower(),
            **{event: row.get(f"at_{event}") for event in MOMENTS},
            **{event: day_of(row.get(f"at_{event}")) for event in DAYS},
        }
        for row in rows
    ]


def day_of(at: int | None) -> date | None:
    return None if at is None else datetime.fromtimestamp(at, ZoneInfo(ZONE)).date()


def by_hand(leads: Sequence[Lead], folder: Path) -> dict[str, Any]:
    """The same leads in one table of the plainest kind, with a source that is written out."""

    def stamp(moment: datetime | None) -> str:
        return "" if moment is None else f"{moment:%Y-%m-%d %H:%M:%S}"

    rows = [
        {
            "id": lead.id,
            "channel": lead.channel,
            "owner": lead.owner,
            "employees": "" if lead.employees is None else str(lead.employees),
            "amount": lead.amount,
            **dict(
                zip(
                    MOMENTS,
                    map(stamp, (lead.created, lead.mql, lead.sql, lead.opened, lead.handed_off, lead.contacted)),
                    strict=True,
                )
            ),
            "became_customer": f"{lead.closed}" if lead.is_won else "",
        }
        for lead in leads
    ]
    write(folder / "leads.csv", rows)
    return {
        "timezone": ZONE,
        "files": {"lead": {"path": "leads.csv"}},
        "leads": {"from": "lead", "id": "id", "channel": "channel", "owner": "owner", "amount": "amount"},
        "events": {event: event for event in (*MOMENTS, "became_customer")},
    }


def verdicts(source: Mapping[str, Any], folder: Path) -> list[dict[str, Any]]:
    """All results, without the words about files and what only a log can add. All exports are of the same days."""
    document = parse("format: sla/v1\n")
    covered = dict.fromkeys(COVERED, "2027-01-01 to 2027-06-30")
    agreement = with_source({**source, "coverage": covered})
    with open_funnel(agreement, folder) as funnel:
        results = check(agreement, document, funnel, date(2027, 6, 30)).results
    judged = [result.model_dump(mode="json", exclude={"file", "line", "unlock", "again"}) for result in results.results]
    return [*judged, *(row.model_dump(mode="json") for row in results.funnel)]


# ---------------------------------------------------------------- the same leads


@pytest.mark.parametrize("system", EXPORTS)
@pytest.mark.parametrize("seed", range(3))
def test_exports_of_every_system_are_read_as_what_happened(system, seed, tmp_path):
    leads = made(40, seed)
    source = EXPORTS[system](leads, tmp_path)

    actual = read(with_source(source), tmp_path)

    assert [truth(lead) for lead in leads] == actual


@settings(max_examples=4, deadline=None)
@given(st.integers(8, 60), st.integers(0, 10**6), st.sampled_from(list(EXPORTS)))
def test_the_same_leads_get_the_same_verdicts_whatever_system_exports_them(count, seed, system):
    leads = made(count, seed)
    assume(any(lead.opened for lead in leads))
    with tempfile.TemporaryDirectory() as one, tempfile.TemporaryDirectory() as other:
        expected = verdicts(by_hand(leads, Path(one)), Path(one))
        actual = verdicts(EXPORTS[system](leads, Path(other)), Path(other))

    assert expected == actual


def test_the_verdicts_that_are_compared_are_verdicts(tmp_path):
    """What the law above compares is judged: met and missed, counted, not only "not measurable"."""
    results = verdicts(hubspot(made(300), tmp_path), tmp_path)
    judged = {row["promise"] for row in results if row.get("status") in ("met", "missed")}

    assert {"volume", "quality", "first-response", "revenue"} == judged


@pytest.mark.parametrize("system", [*EXPORTS, "RD Station"])
def test_what_is_shown_may_stand_in_the_place_of_the_preset(system, tmp_path):
    leads = made(30)
    source = rd_station(leads, tmp_path) if system == "RD Station" else EXPORTS[system](leads, tmp_path)
    agreement = with_source(source)
    shown = parse(yaml_text({"source": written_out(agreement, tmp_path).written["source"]}))

    assert () == shown.problems
    written = shown.values["source"]
    assert isinstance(written, dict)
    again = with_source(written)
    assert read(agreement, tmp_path) == read(again, tmp_path)


# ---------------------------------------------------------------- RD Station


def test_rd_station_is_read_though_two_columns_are_called_celular(tmp_path):
    """What RD Station dates is there; what it does not date is not made up."""
    leads = made(40)
    agreement = with_source(rd_station(leads, tmp_path))
    heading = (tmp_path / "leads.csv").read_text(encoding="utf-8").splitlines()[0]
    known = ("lead_id", "channel", "owner", "field_employees", "became_lead", "handed_off", "became_customer")
    expected = [
        {name: truth(lead)[name] for name in known} | {"became_mql": None, "became_sql": None}
        | {"amount": Decimal(lead.amount) if lead.is_won else None}
        for lead in leads
    ]  # fmt: skip

    assert 2 == heading.split(",").count("Celular")
    assert expected == [{name: row[name] for name in expected[0]} for row in read(agreement, tmp_path)]


def test_a_column_that_is_there_twice_is_refused_only_where_it_is_used(tmp_path):
    source = rd_station(made(3), tmp_path) | {"leads": {"campaign": "Celular"}}

    assert (
        "leads.csv has several columns named Celular (number 4 and 16): give them different names before the export, "
        "so that it is clear which one is meant"
    ) == refusal(source, tmp_path)


# ---------------------------------------------------------------- an independent reader


@pytest.mark.parametrize("system", ["HubSpot", "RD Station"])
def test_a_plain_reader_makes_the_same_facts_of_what_is_written_out(system, tmp_path):
    """The oracle of the funnel reads the written-out section, row by row, and knows no preset."""
    leads = made(40)
    source = hubspot(leads, tmp_path) if system == "HubSpot" else rd_station(leads, tmp_path)
    if system == "HubSpot":
        source |= {
            "files": ["all-contacts.csv"],
            "stages": dict.fromkeys(("opportunity", "customer"), "not in the data"),
        }
        # without the mark at the file's beginning, of which the plain reader knows nothing
        contacts = tmp_path / "all-contacts.csv"
        contacts.write_text(contacts.read_text(encoding="utf-8-sig"), encoding="utf-8")
    agreement = with_source(source)
    written = written_out(agreement, tmp_path).written["source"]
    kinds = {name: field["is"] for name, field in FIELDS.items()} | {
        "amount": "amount",
        "field_employees": "whole number",
    }
    plain = RowByRow(written, kinds, ZONE, tmp_path).facts()
    with open_funnel(agreement, tmp_path) as funnel:
        rows = facts(funnel)
    names = [name for name in rows[0] if name in plain[0]]

    assert len(names) > 8
    assert [{name: row[name] for name in names} for row in plain] == [
        {name: row[name] for name in names} for row in rows
    ]


# ---------------------------------------------------------------- what the agreement says itself


def test_a_stage_that_has_no_column_of_its_own_may_stand_in_and_is_shown_as_about(tmp_path):
    source = hubspot(made(200), tmp_path)
    contacts = tmp_path / "all-contacts.csv"
    contacts.write_text(contacts.read_text("utf-8-sig").replace("Owner assigned date", "Nothing"), encoding="utf-8")
    agreement = with_source(source)

    events = written_out(agreement, tmp_path).written["source"]["events"]
    response = next(row for row in verdicts(source, tmp_path) if row.get("promise") == "first-response")

    assert {"same_as": "became_mql"} == events["handed_off"]
    assert response["about"]


OVERRIDES: Sequence[tuple[Mapping[str, Any], tuple[str, ...], Any]] = (
    ({"leads": {"owner": {"always": "ana"}}}, ("leads", "owner"), {"always": "ana"}),
    ({"leads": {"id": "Email"}}, ("leads", "id"), "Email"),
    ({"leads": {"fields": {"employees": {"always": 7}}}}, ("leads", "fields", "employees"), {"always": 7}),
    ({"leads": {"persona": "HubSpot Team"}}, ("leads", "persona"), "HubSpot Team"),
    ({"events": {"became_mql": "contact.Create Date"}}, ("events", "became_mql"), "contact.Create Date"),
    ({"events": {"decided": "Became a Lead Date"}}, ("events", "decided"), "Became a Lead Date"),
    ({"events": {"handed_off": {"same_as": "became_mql"}}}, ("events", "handed_off"), {"same_as": "became_mql"}),
    ({"coverage": {"lost": "2027-01-01 to 2027-03-31"}}, ("coverage", "lost"), "2027-01-01 to 2027-03-31"),
    ({"rejects": "at most 5%"}, ("rejects",), "at most 5%"),
    ({"stages": {"sql": "Lead"}}, ("events", "became_sql"), "contact.Became a Lead Date"),
    ({"stages": {"sql": "marketingqualifiedlead"}}, ("events", "became_sql"),
     "contact.Became a Marketing Qualified Lead Date"),
    ({"dates": {"moment": "%d/%m/%Y %H:%M"}}, ("events", "became_mql"),
     {"column": "contact.Became a Marketing Qualified Lead Date", "format": "%d/%m/%Y %H:%M"}),
)  # fmt: skip


@pytest.mark.parametrize(("said", "path", "expected"), OVERRIDES)
def test_what_the_agreement_says_itself_counts(said, path, expected, tmp_path):
    source = hubspot(made(5), tmp_path) | said
    found = written_out(with_source(source), tmp_path).written["source"]
    for step in path:
        found = found[step]

    assert expected == found


def test_a_stage_that_is_not_in_the_data_has_no_event(tmp_path):
    source = hubspot(made(5), tmp_path) | {"stages": {"sql": "not in the data"}}
    events = written_out(with_source(source), tmp_path).written["source"]["events"]

    assert "became_sql" not in events
    assert "became_visit" not in events


def test_a_stage_of_the_companys_own_is_found_by_the_name_it_has_there(tmp_path):
    """HubSpot dates such a stage under a label of another form."""
    leads = made(20)
    source = hubspot(leads, tmp_path) | {"stages": {"sql": "Sales accepted (SAL)"}}
    heading = '"Date entered ""Sales accepted (SAL) (Lifecycle Stage Pipeline)"""'
    contacts = tmp_path / "all-contacts.csv"
    text = contacts.read_text("utf-8-sig").replace("Became a Sales Qualified Lead Date", heading)
    contacts.write_text(text, encoding="utf-8")

    assert [truth(lead) for lead in leads] == read(with_source(source), tmp_path)


def test_a_report_of_salesforce_is_read_by_its_labels_and_the_dates_that_the_source_declares(tmp_path):
    """Labels, days as the account shows them, and a date field of the company's own for a stage."""
    rows = [
        {"Lead ID": "00Q1", "Lead Status": "Converted", "Lead Source": "Trade Show", "Lead Owner": "Sam Sá",
         "Create Date": "3/31/2027 9:10 AM", "MQL Date": "4/1/2027 1:00 PM", "Converted": "1",
         "Converted Date": "4/2/2027"},
        {"Lead ID": "00Q2", "Lead Status": "New", "Lead Source": "Web", "Lead Owner": "Ana Beltrão",
         "Create Date": "4/3/2027 11:30 PM", "MQL Date": "", "Converted": "0", "Converted Date": ""},
    ]  # fmt: skip
    write(tmp_path / "report.csv", rows)
    source = {
        "system": "salesforce",
        "timezone": ZONE,
        "files": ["report.csv"],
        "stages": {"sql": "Converted", "opportunity": "not in the data", "customer": "not in the data"},
        "dates": {"day": "%m/%d/%Y", "moment": "%m/%d/%Y %I:%M %p"},
    }
    found = read(with_source(source), tmp_path)

    assert [
        ("00Q1", "fairs", "sam", date(2027, 3, 31), date(2027, 4, 1), date(2027, 4, 2)),
        ("00Q2", "web", "ana", date(2027, 4, 3), None, None),
    ] == [
        (
            row["lead_id"],
            row["channel"],
            row["owner"],
            *(day_of(row[name]) for name in ("became_lead", "became_mql", "became_sql")),
        )
        for row in found
    ]


def test_the_first_call_of_a_lead_counts_where_there_are_no_tasks(tmp_path):
    """Tasks know every call; the lead's own field is asked only without them."""
    rows = [
        {"Id": "00Q1", "LeadSource": "Web", "CreatedDate": "2027-01-04", "FirstCallDateTime": "2027-01-05T13:00:00Z"}
    ]
    tasks = [{"Id": "00T1", "WhoId": "00Q1", "Subject": "Call", "TaskSubtype": "Call", "Status": "Completed",
              "CompletedDateTime": "2027-01-06T13:00:00Z"}]  # fmt: skip
    write(tmp_path / "leads.csv", rows)
    write(tmp_path / "tasks.csv", tasks)
    source = {
        "system": "salesforce",
        "timezone": ZONE,
        "files": ["leads.csv"],
        "stages": dict.fromkeys(("mql", "sql", "opportunity", "customer"), "not in the data"),
    }
    alone, with_tasks = (
        read(with_source({**source, "files": files}), tmp_path)[0]["first_personal_contact"]
        for files in (["leads.csv"], ["leads.csv", "tasks.csv"])
    )

    assert instant(datetime(2027, 1, 5, 10)) == alone
    assert instant(datetime(2027, 1, 6, 10)) == with_tasks


def test_stages_between_opened_and_won_are_those_of_the_opportunity(tmp_path):
    """A stage before the pipeline is a value of the lead's history, one inside it of the opportunity's."""
    leads = [lead for lead in made(40) if lead.opened is not None]
    source = salesforce(leads, tmp_path)
    history = [
        {
            "Id": "008",
            "OpportunityId": f"006{lead.id}",
            "StageName": stage,
            "CreatedDate": f"{lead.opened:%Y-%m-%d} {at}",
        }
        for lead in leads
        for stage, at in (("Prospecting", "20:00:00"), ("Proposal", "21:00:00"))
    ]
    write(tmp_path / "OpportunityHistory.csv", history)
    source["files"].append("OpportunityHistory.csv")
    source["stages"] |= {"offer": "Proposal"}
    stages: dict[str, Any] = {}
    for name, stage in SECTIONS["stages"].items():
        stages[name] = stage
        if name == "opportunity":
            stages["offer"] = {"team": "sales"}
    with open_funnel(agreement(source, **{**SECTIONS, "stages": stages}), tmp_path) as funnel:
        found = [row["at_became_offer"] for row in facts(funnel)]

    assert [instant(lead.opened.replace(hour=21, minute=0, second=0)) for lead in leads if lead.opened] == found


def test_a_merged_lead_names_the_one_that_is_left(tmp_path):
    leads = made(10)
    source = salesforce(leads, tmp_path)
    place = tmp_path / "Lead.csv"
    first, *others = place.read_text(encoding="utf-8").splitlines()[1:]
    heading = place.read_text(encoding="utf-8").splitlines()[0]
    assert heading.endswith("MasterRecordId")
    place.write_text("\n".join([heading, f"{first}{leads[1].id}", *others]) + "\n", encoding="utf-8")
    with open_funnel(with_source(source), tmp_path) as funnel:
        found = [row["merged_into"] for row in facts(funnel)]

    assert [leads[1].id, *[None] * 9] == found


def test_several_values_in_a_cell_are_several(tmp_path):
    rows = [{"Record ID": "1", "Lifecycle Stage": "Lead", "Became a Lead Date": "2027-01-01 10:00", "Read": "Read;ask"}]
    write(tmp_path / "contacts.csv", rows)
    source = {
        "system": "hubspot",
        "timezone": ZONE,
        "files": ["contacts.csv"],
        "stages": dict.fromkeys(("mql", "sql", "opportunity", "customer"), "not in the data"),
    }
    sections = {
        **SECTIONS,
        "actions": {"read": {"points": 1}, "ask": {"points": 40}},
        "fields": {"done": {"is": "list of actions", "name": "Read"}},
    }
    with open_funnel(agreement(source, **sections), tmp_path) as funnel:
        found = facts(funnel)[0]["field_done"]

    assert ["read", "ask"] == [name.lower() for name in found]


def test_files_may_have_names_and_dialects_of_their_own(tmp_path):
    leads = made(20)
    source = hubspot(leads, tmp_path)
    contacts = tmp_path / "all-contacts.csv"
    contacts.write_text(contacts.read_text("utf-8-sig").replace(",", ";"), encoding="windows-1252")
    source["files"] = {
        "people": {"path": "all-contacts.csv", "delimiter": ";", "encoding": "windows-1252"},
        "sales": {"path": "all-deals.csv"},
    }

    assert [truth(lead) for lead in leads] == read(with_source(source), tmp_path)


def test_files_of_other_systems_may_stand_beside(tmp_path):
    """Visits are counted, and calls come from a log, while the rest is HubSpot's."""
    leads = made(20)
    source = hubspot(leads, tmp_path)
    called = [lead for lead in leads if lead.calls]
    write(tmp_path / "visits.csv", [{"Date": "2027-01-04", "Sessions": "7"}])
    write(
        tmp_path / "calls.csv",
        [{"Record ID": lead.id, "What": "Call", "When": f"{lead.calls[0]}"} for lead in called],
    )
    source["files"] = {
        "contact": {"path": "all-contacts.csv"},
        "deal": {"path": "all-deals.csv"},
        "visits": {"path": "visits.csv"},
        "calls": {"path": "calls.csv", "each_row": "is an event"},
    }
    source["totals"] = {"visit": {"from": "visits", "day": "Date", "count": "Sessions"}}
    source["leads"] = {"join": {"calls": {"on": {"Record ID": "Record ID"}}}}
    source["events"] = {"contact_attempt": {"column": "When", "when": {"What": "Call"}, "personal": True}}
    written = written_out(with_source(source), tmp_path).written["source"]
    with open_funnel(with_source(source), tmp_path) as funnel:
        attempts = {row["lead_id"]: row["at_contact_attempt"] for row in facts(funnel)}
        visits = funnel.side.coverage()

    assert ["contact", "deal", "calls", "visits"] == list(written["files"])
    assert {lead.id: instant(lead.calls[0]) if lead.calls else None for lead in leads} == attempts
    assert visits


def test_files_may_be_read_from_elsewhere(tmp_path):
    leads, others = made(20), made(20, seed=7)
    source = hubspot(leads, tmp_path / "one")
    hubspot(others, tmp_path / "two")
    agreement = with_source(source)

    with open_funnel(agreement, tmp_path / "one", {"": tmp_path / "two"}) as funnel:
        whole = [row["at_became_lead"] for row in facts(funnel)]
    with open_funnel(agreement, tmp_path / "one", {"contact": tmp_path / "two" / "all-contacts.csv"}) as funnel:
        single = [row["at_became_lead"] for row in facts(funnel)]

    assert [instant(lead.created) for lead in others] == whole
    assert whole == single


def test_a_contact_with_two_deals_is_one_lead(tmp_path):
    """The first deal opens, the first that is won wins, and what was said last counts."""
    leads = [lead for lead in made(60) if lead.is_won][:2]
    source = hubspot(leads, tmp_path)
    deals = tmp_path / "all-deals.csv"
    lines = deals.read_text(encoding="utf-8").splitlines()
    first, second = (line.split(",") for line in lines[1:3])
    second[lines[0].split(",").index("Associated Contact IDs")] = leads[0].id
    deals.write_text("\n".join([lines[0], ",".join(first), ",".join(second)]) + "\n", encoding="utf-8")
    rows = read(with_source(source), tmp_path)
    opened = [lead.opened for lead in leads if lead.opened is not None]
    closed = [lead.closed for lead in leads if lead.closed is not None]

    assert [instant(min(opened)), None] == [row["became_opportunity"] for row in rows]
    assert [min(closed), None] == [row["became_customer"] for row in rows]


# ---------------------------------------------------------------- what is missing


def refusal(source: Mapping[str, Any], folder: Path) -> str:
    """What reading ends with. Fails where there is no error."""
    try:
        open_funnel(with_source(source), folder).close()
    except SlaError as error:
        return words("en").say(error.message)
    raise AssertionError("the source was read")


def without(folder: Path, file: str, heading: str) -> None:
    place = folder / file
    text = place.read_text(encoding="utf-8-sig")
    assert heading in text.splitlines()[0]
    place.write_text(text.replace(heading, "Something else", 1), encoding="utf-8")


REFUSED: Mapping[str, tuple[Mapping[str, Any], tuple[str, str] | None, str]] = {
    "no id": ({}, ("all-contacts.csv", "Record ID"),
        "all-contacts.csv looks like Contacts of HubSpot, but has no column Record ID, hs_object_id or Record ID - "
        "Contact: export it along"),
    "no deal's contact": ({}, ("all-deals.csv", "Associated Contact IDs"),
        "all-deals.csv has no column Associated Contact IDs, Associated Contact ID or associations.contact.id, by "
        "which rows and leads of HubSpot find each other: export it along"),
    "no date of a stage": ({}, ("all-contacts.csv", "Became a Sales Qualified Lead Date"),
        "no file says when a lead came to the stage sql: add the column Became a Sales Qualified Lead Date or "
        "hs_lifecyclestage_salesqualifiedlead_date, or write stages: {sql: not in the data}"),
    "a name that the system does not know": ({"stages": {"sql": "Accepted"}}, None,
        "no file says when a lead came to the stage sql: add the column Became an Accepted Date or "
        "hs_lifecyclestage_accepted_date, or write stages: {sql: not in the data}"),
    "no deals": ({"files": ["all-contacts.csv"]}, None,
        "no file says when a lead came to the stage opportunity: add the column Became an Opportunity Date or "
        "hs_lifecyclestage_opportunity_date, or the export of Deals, or write stages: {opportunity: not in the data}"),
    "no contacts": ({"files": ["all-deals.csv"]}, None,
        "the export of Contacts from HubSpot, with one row a lead, is missing: there is only all-deals.csv"),
    "twice": ({"files": ["all-deals.csv", "all-contacts.csv", "all-deals.csv"]}, None,
        "all-deals.csv and all-deals.csv are both Deals of HubSpot: put them into one folder, and name the folder"),
    "another system": ({"system": "salesforce"}, None,
        "all-contacts.csv is no export of Salesforce, but seems to be one of HubSpot: write system: hubspot"),
    "no such file": ({"files": ["contacts.csv"]}, None,
        "there is no file contacts.csv; did you mean all-contacts.csv?"),
    "a list of something else": ({"files": ["else.csv"]}, None,
        "else.csv is not known as an export of HubSpot: Contacts and Deals are"),
    "another delimiter": ({"files": ["semicolons.csv"]}, None,
        "semicolons.csv is not known as an export of HubSpot: its columns seem to be parted by another sign; add "
        'delimiter: ";"'),
    "no time zone": ({"timezone": None}, None,
        "in which time zone are the moments of contact.Became a Lead Date? add timezone: America/Sao_Paulo to "
        "the source"),
    "dates of another order": ({"dates": {"moment": "%m/%d/%Y %H:%M"}}, None, "rejects"),
}  # fmt: skip


@pytest.mark.parametrize("case", REFUSED)
def test_what_is_missing_is_named(case, tmp_path):
    said, lacking, expected = REFUSED[case]
    source = {key: value for key, value in {**hubspot(made(5), tmp_path), **said}.items() if value is not None}
    (tmp_path / "else.csv").write_text("a,b\n1,2\n", encoding="utf-8")
    (tmp_path / "semicolons.csv").write_text("Record ID;Lifecycle Stage\n1;Lead\n", encoding="utf-8")
    if lacking is not None:
        without(tmp_path, *lacking)
    actual = refusal(source, tmp_path)

    assert expected == actual if expected != "rejects" else "cannot be" in actual


SYSTEMS_STAGES = [
    (salesforce, {"stages": {"mql": "MQL"}},
     "what does Salesforce call the stage sql? add stages: {sql: …} to the source, with its name there (such as Lead, "
     "Converted, Opportunity or Closed Won), or stages: {sql: not in the data}"),
    (rd_station, {"stages": {"sql": "not in the data"}},
     "RD Station exports no date of the stage mql: write stages: {mql: not in the data}, or say under events: what "
     "stands in for it"),
]  # fmt: skip


@pytest.mark.parametrize(("system", "said", "expected"), SYSTEMS_STAGES)
def test_a_stage_that_the_system_may_call_anything_has_to_be_said(system, said, expected, tmp_path):
    source = system(made(5), tmp_path) | said

    assert expected == refusal(source, tmp_path)


def test_the_agreements_own_words_are_found_in_the_data(tmp_path):
    """Owners by their names, channels by their names and by what the system calls them."""
    agreement = with_source(hubspot(made(5), tmp_path))
    leads = written_out(agreement, tmp_path).written["source"]["leads"]

    assert {"Sam Sá": "sam", "sam": "sam", "Ana Beltrão": "ana", "ana": "ana"} == leads["owner"]["values"]
    assert set(SOURCES) == set(leads["channel"]["values"].values())


def test_an_agreement_without_a_known_system_stays_as_it_is(tmp_path):
    agreement = with_source(by_hand(made(3), tmp_path))

    assert agreement is written_out(agreement, tmp_path)


def test_stages_of_the_source_are_stages_of_the_agreement():
    """A slip in a stage's name is found without any data."""
    from checker.review.validate import validate

    text = yaml_text({"format": "sla/v1", "agreement": "T", **SECTIONS, "source": {
        "system": "hubspot", "files": ["contacts.csv"], "stages": {"mqll": "MQL"}}})  # fmt: skip
    document = parse(text)

    assert () == build(document.values).problems
    assert [document.place(("source", "stages", "mqll"), "key").line] == [
        finding.place.line
        for finding in validate(document).findings
        if finding.code == "SLA101" and "mqll" in words("en").say(finding.message)
    ]
