"""Lists of fields: what is known as one, and the section for the export whose fields it lists."""

from __future__ import annotations

from pathlib import Path

import pytest

from checker.agreement import build
from checker.errors import UnreadableInput
from checker.inspection.export_file import open_export
from checker.inspection.field_list import FieldList, field_list
from checker.language import words
from tests.inspection.exports import proposed, said

MARKETO = """data_type,display_name,id,length,restname,restread_only,soapname,soapread_only
integer,Id,44,0,id,FALSE,Id,FALSE
email,Email Address,56,255,email,FALSE,Email,FALSE
string,Original Source Type,70,255,originalSourceType,TRUE,OriginalSourceType,FALSE
datetime,Created At,130,0,createdAt,TRUE,,
datetime,Updated At,131,0,updatedAt,TRUE,,
date,MQL Date,900,0,mqlDate,FALSE,,
string,Lead Source,144,255,leadSource,FALSE,LeadSource,FALSE
integer,Lead Score,146,0,leadScore,FALSE,LeadScore,FALSE
"""
HUBSPOT = """hubspot_object,label,name,type,created_at
deal,Close Date,closedate,datetime,2019-08-06 02:41:52
contact,Close Date,closedate,datetime,2019-08-06 02:41:09
contact,Create Date,createdate,datetime,2019-08-06 02:41:09
contact,Lifecycle Stage,lifecyclestage,enumeration,2019-08-06 02:41:09
company,Create Date,createdate,datetime,2019-08-06 02:41:44
"""
SALESFORCE = """QualifiedApiName,Label,DataType
Id,Opportunity ID,Lookup
CreatedDate,Created Date,Date/Time
CloseDate,Close Date,Date
Amount,Amount,"Currency(16, 2)"
StageName,Stage,Picklist
"""
WAREHOUSE = """table_name,column_name,data_type
leads,lead_id,bigint
leads,mql_at,timestamp
leads,utm_source,character varying
orders,order_id,bigint
"""


def listed(folder: Path, text: str, name: str = "fields") -> FieldList | None:
    """What a file of this text lists."""
    path = folder / f"{name}.csv"
    path.write_text(text, encoding="utf-8")
    return field_list(open_export(path, path.name))


@pytest.mark.parametrize(
    ("text", "system", "about", "names", "others"),
    [
        (MARKETO, "Marketo", "lead",
         ["id", "email", "originalSourceType", "createdAt", "updatedAt", "mqlDate", "leadSource", "leadScore"], []),
        (HUBSPOT, "HubSpot", "contact", ["closedate", "createdate", "lifecyclestage"], ["deal", "company"]),
        (SALESFORCE, "Salesforce", "lead", ["Id", "CreatedDate", "CloseDate", "Amount", "StageName"], []),
        (WAREHOUSE, None, "leads", ["lead_id", "mql_at", "utm_source"], ["orders"]),
    ],
)  # fmt: skip
def test_lists_of_fields_are_known_by_their_shape(tmp_path: Path, text, system, about, names, others):
    """A name for programs and a type in each row, whatever the system."""
    found = listed(tmp_path, text)

    assert found is not None
    assert (system, about, names, others) == (
        found.system, found.about, [field.name for field in found.fields], list(found.others),
    )  # fmt: skip


@pytest.mark.parametrize(
    "text",
    [
        "name,type,created\nspring_mail,email,2027-01-01\nfair,phone,2027-01-02\n",
        "name,type,created\nAna Souza,text,2027-01-01\nEva Nowak,text,2027-01-02\n",
        "id,created\n1,2027-01-01\n2,2027-01-02\n",
        "name,type\nsize,string\nsize,string\nsize,string\nsize,integer\n",
        "name,type\nsize,string\nlink,lead\nother,deal\n",
        "name,type\nsize,string\n",
    ],
    ids=["campaigns", "people", "leads", "one name again and again", "other types", "one row"],
)
def test_what_only_looks_like_it_is_none(tmp_path: Path, text):
    """Names of campaigns and people, ordinary exports, values of one field."""
    assert listed(tmp_path, text) is None


def test_the_name_of_the_file_says_what_it_is_about(tmp_path: Path):
    """Where no column does: deals have other first events than leads."""
    found = proposed(tmp_path, opportunity_fields=SALESFORCE)

    assert {"deal": {"path": "deals.csv"}} == found.values["files"]
    assert {"became_opportunity": "CreatedDate", "became_customer": "CloseDate"} == found.values["events"]
    assert {"from": "deal", "id": "Id", "amount": "Amount"} == found.values["leads"]
    assert ["? which file holds the deals? opportunity_fields.csv only lists their fields"] == said(found, "files")


def test_the_section_names_the_fields_of_the_export_to_come(tmp_path: Path):
    """Which file it is, is the first doubt; fields of upkeep and free text have no part in it."""
    found = proposed(tmp_path, lead_describe=MARKETO)

    assert {
        "timezone": "UTC",
        "files": {"lead": {"path": "leads.csv"}},
        "leads": {"from": "lead", "id": "id", "channel": "leadSource", "score": "leadScore"},
        "events": {"became_lead": "createdAt", "became_mql": "mqlDate"},
    } == found.values
    assert ["? which file holds the leads of Marketo? lead_describe.csv only lists their fields"] == said(
        found, "files"
    )
    assert (
        "? are the export's headings as programs write them (createdAt), or as people see them (Created At)?"
        in said(found, "leads")
    )
    assert "? or is it originalSourceType?" in said(found, "leads", "channel")


def test_what_a_list_leaves_out_is_a_doubt(tmp_path: Path):
    """The id of the system's records, a day of closing that may be that of a loss; other records are named."""
    found = proposed(tmp_path, properties=HUBSPOT)

    assert ["? the list names no id: which column of the export names the lead?"] == said(found, "leads", "id")
    assert ["? every row with this date counts as won: right?"] == said(found, "events", "became_customer")
    assert "properties.csv lists the fields of deal and company too: they are left out" in said(found, "files")


def test_an_agreement_has_its_stages_and_fields_looked_for(tmp_path: Path):
    """By the names that it gives them."""
    agreement = build(
        {
            "format": "sla/v1",
            "agreement": "Ours",
            "stages": {"lead": {"team": "marketing"}, "hot": {"team": "marketing", "name": "MQL"}},
            "fields": {"mail": {"is": "text", "name": "Email address"}},
        }
    )
    found = proposed(tmp_path, agreement, describe=MARKETO)

    assert {"became_lead": "createdAt", "became_hot": "mqlDate"} == found.values["events"]
    assert {"mail": "email"} == found.values["leads"]["fields"]


def test_beside_an_export_a_list_is_left_out(tmp_path: Path):
    """The export is there, so nothing is awaited."""
    found = proposed(tmp_path, describe=MARKETO, leads="id,created\n1,2027-01-01\n2,2027-01-02\n")

    assert found.awaited is None
    assert {"lead": {"path": "leads.csv"}} == found.values["files"]
    assert ["describe.csv lists fields and holds no leads: it is left out"] == said(found, "files")


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("name,type\nid,integer\nemail,string\n",
         "fields.csv lists the fields of leads and holds none; no field is a date, so nothing would tell what happened "
         "to a lead when"),
        ("name,type\nid,integer\nbirthday,date\n",
         "fields.csv lists the fields of leads and holds none; no date (birthday) would say what happened to a lead: "
         "name one for what it is, as MQL date"),
    ],
)  # fmt: skip
def test_where_no_field_tells_what_happened_one_sentence_says_so(tmp_path: Path, text, sentence):
    """Such an export could not be judged either."""
    with pytest.raises(UnreadableInput) as refused:
        proposed(tmp_path, fields=text)

    assert sentence == words("en").say(refused.value.message)
