"""What is proposed for an export: which column is what, in five languages, and what is doubtful about it."""

from __future__ import annotations

from pathlib import Path

import pytest

from checker.agreement import build
from checker.errors import UnreadableInput
from checker.inspection.vocabulary import HAPPENINGS, ROLES, meant_by
from checker.language import words
from tests.inspection.exports import proposed, said


@pytest.mark.parametrize(
    ("heading", "meaning"),
    [
        ("LeadSource", "channel"),
        ("Origem", "channel"),
        ("Fuente", "channel"),
        ("Provenienza", "channel"),
        ("Źródło", "channel"),
        ("hs_analytics_source", "channel"),
        ("Lead owner", "owner"),
        ("Responsável", "owner"),
        ("Właściciel", "owner"),
        ("Responsabile", "owner"),
        ("Valor da venda", "amount"),
        ("Importo", "amount"),
        ("Kwota", "amount"),
        ("property_amount", "amount"),
        ("Motivo da devolução", "return_reason"),
        ("Record ID", "id"),
        ("Expected close date", "expected_closing"),
        ("Previsão de fechamento", "expected_closing"),
        ("Fecha de cierre prevista", "expected_closing"),
        ("Data di chiusura prevista", "expected_closing"),
        ("Przewidywana data zamknięcia", "expected_closing"),
        ("Through the queue", "through_channel"),
        ("Landing page", None),
        ("last_interesting_moment_source_c", None),
    ],
)
def test_roles_by_heading(heading, meaning):
    """In English, Portuguese, Spanish, Italian and Polish, and as the common systems call them."""
    found = meant_by(heading, ROLES)

    assert meaning == (found.meaning if found else None)


@pytest.mark.parametrize(
    ("heading", "meaning"),
    [
        ("createdate", "created"),
        ("CreatedDate", "created"),
        ("Data da primeira conversão", "created"),
        ("Fecha de creación", "created"),
        ("Data utworzenia", "created"),
        ("hs_lifecyclestage_marketingqualifiedlead_date", "mql"),
        ("first_mql_date_c", "mql"),
        ("Became MQL at", "mql"),
        ("MQL since", "mql"),
        ("Qualified on", "mql"),
        ("SQL since", "sql"),
        ("won_time", "won"),
        ("Data da última venda", "won"),
        ("Data di chiusura", "won"),
        ("Data sprzedaży", "won"),
        ("hubspot_owner_assigneddate", "handed_off"),
        ("Assigned to seller at", "assigned"),
        ("Atribuído ao vendedor em", "assigned"),
        ("Primer contacto", "first_personal_contact"),
        ("_fivetran_synced", None),
        ("last_modified_date", None),
    ],
)
def test_happenings_by_heading(heading, meaning):
    """The same for what happens to a lead."""
    found = meant_by(heading, HAPPENINGS)

    assert meaning == (found.meaning if found else None)


LEADS = """\
Lead ID;Criado em;Data MQL;Data da venda;Origem;Valor;Perfil
1;31/03/2027 10:00;;05/04/2027;Busca Paga;1.234,56;gato
2;01/02/2027 11:30;03/02/2027;06/04/2027;Indicação;99,00;gato, lobo
3;02/02/2027 11:30;-;;Direto;;lobo
4;02/02/2027 11:45;04/02/2027;;;;águia
"""


def test_a_dirty_export_from_brazil(tmp_path: Path):
    """Semicolons, decimal commas, day first, placeholders, several values: each is declared, each doubt is said."""
    found = proposed(tmp_path, leads=LEADS)

    assert {
        "timezone": "UTC",
        "files": {"lead": {"path": "leads.csv", "delimiter": ";", "null_values": ["-"], "decimal": ","}},
        "leads": {
            "from": "lead",
            "id": "Lead ID",
            "channel": {
                "column": "Origem",
                "values": {"Busca Paga": "busca_paga", "Direto": "direto", "Indicação": "indicacao"},
                "blank": "unknown",
            },
            "amount": "Valor",
            "fields": {"perfil": {"column": "Perfil", "separator": ","}},
        },
        "events": {
            "became_lead": {"column": "Criado em", "format": "%d/%m/%Y %H:%M"},
            "became_mql": {"column": "Data MQL", "format": "%d/%m/%Y"},
            "became_customer": {"column": "Data da venda", "format": "%d/%m/%Y"},
        },
    } == found.values
    assert ["? 1 blank is the channel unknown"] == said(found, "leads", "channel")
    assert ["? no value proves what comes first in 03/02/2027; elsewhere in this file it is the day"] == said(
        found, "events", "became_mql"
    )
    assert ["? no file says on which clocks its moments are: yours, such as Europe/Warsaw?"] == said(found, "timezone")


def test_what_is_hoped_for_and_who_got_a_lead_are_told_from_what_happened(tmp_path: Path):
    """An expected day is no sale; beside a handoff, who is assigned is the seller; yes or no is how a lead came."""
    leads = (
        "Lead ID,Created,Handed off at,Assigned at,Expected close date,Through the queue\n"
        "1,2027-01-02,2027-01-03 10:00,2027-01-03 11:00,28/02/2027,yes\n"
        "2,2027-01-04,2027-01-05 10:00,2027-01-05 12:00,15/03/2027,no\n"
        "3,2027-01-06,,,,yes\n"
    )
    found = proposed(tmp_path, leads=leads)

    assert {
        "became_lead": "Created",
        "handed_off": "Handed off at",
        "assigned": "Assigned at",
    } == found.values["events"]
    assert {
        "from": "lead",
        "id": "Lead ID",
        "expected_closing": {"column": "Expected close date", "format": "%d/%m/%Y"},
        "through_channel": "Through the queue",
    } == found.values["leads"]
    assert ["? its heading seems to say so: right?"] == said(found, "events", "assigned")


def test_who_is_assigned_is_the_handoff_where_nothing_else_is(tmp_path: Path):
    """A lead that somebody got was handed over then."""
    found = proposed(tmp_path, leads="Lead ID,Created,Assigned at\n1,2027-01-02,2027-01-03\n2,2027-01-04,2027-01-05\n")

    assert {"became_lead": "Created", "handed_off": "Assigned at"} == found.values["events"]


def test_a_second_file_is_joined_by_what_both_have(tmp_path: Path):
    """How many rows find their lead is said, with the nearest names of those that do not."""
    companies = ["GTX Pro", "Alfa", "Beta", "Gama", "Delta"]
    leads = "Company,Created\n" + "".join(f"{name},2027-01-0{n + 1}\n" for n, name in enumerate(companies))
    deals = (
        "Account,Close date,Stage\n"
        "GTXPro,2027-02-01,Closed won\nAlfa,2027-02-02,Closed lost\nBeta,2027-02-03,Closed won\n"
    )
    found = proposed(tmp_path, leads=leads, deals=deals)

    assert {"deal": {"on": {"Account": "Company"}, "at_most": "one"}} == found.values["leads"]["join"]
    assert ["2 of 3 rows find their lead", "? not among the leads: GTXPro (GTX Pro?)"] == said(
        found, "leads", "join", "deal"
    )
    assert {"column": "deal.Close date", "when": {"Stage": "Closed won"}} == found.values["events"]["became_customer"]
    assert {"column": "deal.Close date", "when": {"Stage": "Closed lost"}} == found.values["events"]["lost"]


def test_a_file_that_fits_no_lead_is_left_out(tmp_path: Path):
    """And that is said."""
    found = proposed(tmp_path, leads="id,created\nA1,2027-01-01\nA2,2027-01-02\n", deals="id,won\nB1,2027-01-01\n")

    assert ["lead"] == list(found.values["files"])
    assert ["? deals.csv is left out: no column of it names the leads of leads.csv"] == said(found, "files")


LOG = """\
case_id,activity,timestamp,resource
1,Submitted,2027-01-01T10:00:00+01:00,system
1,Given to sales,2027-01-01T10:05:00+01:00,system
1,Call,2027-01-01T11:00:00+01:00,ana
2,Submitted,2027-01-02T10:00:00+01:00,system
2,Scored,2027-01-02T10:01:00+01:00,system
2,Lost,2027-01-05T10:00:00+01:00,ana
"""


def test_a_log_is_known_by_its_cases_activities_and_moments(tmp_path: Path):
    """Each event is the lines with its words; words of no event are named."""
    found = proposed(tmp_path, history=LOG)

    assert {"path": "history.csv", "each_row": "is an event"} == found.values["files"]["history"]
    assert {
        "became_lead": {"column": "timestamp", "when": {"activity": "Submitted"}},
        "handed_off": {"column": "timestamp", "when": {"activity": "Given to sales"}},
        "contact_attempt": {
            "column": "timestamp",
            "when": {"activity": "Call"},
            "set": {"actor": "resource"},
            "personal": True,
        },
        "lost": {"column": "timestamp", "when": {"activity": "Lost"}},
    } == found.values["events"]
    assert ["? no event yet: Scored"] == said(found, "files", "history")


def test_an_agreement_names_stages_channels_people_and_fields(tmp_path: Path):
    """Only what it declares is used, under the names that it has there; what it does not know is a doubt."""
    agreement = build(
        {
            "format": "sla/v1",
            "agreement": "Ours",
            "people": {"ana": {"name": "Ana Beltrão", "team": "sales"}},
            "working_time": {
                "office": {"timezone": "Europe/Lisbon", "days": "Monday to Friday", "hours": "09:00 to 18:00"}
            },
            "stages": {
                "contacto": {"team": "marketing"},
                "proposta": {"team": "sales"},
                "cliente": {"team": "sales", "is": "won"},
            },
            "channels": {"direct": {"team": "marketing"}, "organic_search": {"team": "marketing"}},
            "fields": {"size": {"is": "whole number", "name": "Company size"}},
        }
    )
    text = (
        "id,Created at,Data proposta,Won at,Source,Owner,Company size,Mood\n"
        "1,2027-01-01 10:00:00,2027-01-20,2027-02-01 10:30:00,Direct traffic,Ana Beltrão,12,good\n"
        "2,2027-01-02 11:11:00,,,TV,Ana Beltrão,13,bad\n"
    )
    found = proposed(tmp_path, agreement, leads=text)

    assert "Europe/Lisbon" == found.values["timezone"]
    assert {
        "from": "lead",
        "id": "id",
        "channel": {"column": "Source", "values": {"Direct traffic": "direct"}},
        "owner": {"column": "Owner", "values": {"Ana Beltrão": "ana"}},
        "fields": {"size": "Company size"},
    } == found.values["leads"]
    assert {
        "became_contacto": "Created at",
        "became_proposta": "Data proposta",
        "became_cliente": "Won at",
    } == found.values["events"]
    assert [
        "? taken for the nearest channel, right? Direct traffic (direct)",
        "? no channel of the agreement is called TV: which one is it?",
    ] == said(found, "leads", "channel")


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("id,name\n1,a\n2,b\n", "leads.csv: no column holds dates, so nothing tells what happened to a lead when"),
        (
            "day,kind\n2027-01-01,a\n2027-01-01,a\n2027-01-02,b\n",
            "leads.csv has no column that names the lead: each lead needs an id that no other lead has",
        ),
    ],
)
def test_where_nothing_can_be_proposed_one_sentence_says_why(tmp_path: Path, text, sentence):
    """An id and a date are the least that is needed."""
    with pytest.raises(UnreadableInput) as raised:
        proposed(tmp_path, leads=text)

    assert sentence == words("en").say(raised.value.message)
