"""The `source` section: what may be written there, and what is said of what may not. Schema and model agree."""

from __future__ import annotations

from typing import Any

import jsonschema
import pytest

from checker.agreement import build
from checker.agreement.schema import source_schema
from checker.language import words
from checker.text import parse

VALIDATOR = jsonschema.Draft202012Validator(source_schema())
START = "{files: {lead: {path: a.csv}}, leads: {from: lead, id: id"
GOOD = {
    "the least": "{files: {lead: {path: leads.csv}}, leads: {from: lead, id: Record ID}}",
    "dialect": """
        files:
          lead:
            {path: "exports/*.csv", delimiter: ";", encoding: windows-1252, null_values: ["-", N/A, 0.0], decimal: ","}
          deal: {path: deals.parquet}
          other: {path: x.tsv, delimiter: tab, quote: "'", repair: [whole_row_quoted]}
          bars: {path: y.txt, delimiter: "|", quote: none}
        leads: {from: lead, id: id}
        """,
    "a database": """
        files:
          lead: {table: crm.leads, url: env:CRM_DATABASE}
          deal: {query: "SELECT * FROM deals", url: env:CRM}
        leads: {from: lead, id: id}
        """,
    "a known system": "{system: hubspot, files: [contacts.csv, deals.csv]}",
    "a known system, with words of its own": """
        system: salesforce
        files: {lead: {path: leads.csv, delimiter: ";"}}
        stages: {mql: MQL, sql: [Accepted, Accepted by sales], won: not in the data}
        dates: {day: "%m/%d/%Y", moment: "%m/%d/%Y %I:%M %p"}
        leads: {owner: Account owner, fields: {employees: Company size}}
        events: {became_lead: Created}
        """,
    "values": """
        files: {lead: {path: leads.csv}, deal: {path: deals.csv}}
        leads:
          from: lead
          id: {column: Record ID, aliases: [Lead ID], null_values: ["0"]}
          join: {deal: {on: {Lead ID: Record ID, Site: Site}, at_most: one}}
          channel: {column: Source, values: {Organic: organic_search, 12: twelve}, other: other, blank: unknown}
          campaign: Campaign
          persona: {always: director}
          country: Country
          owner: deal.Owner
          score: 7
          disposition: Outcome
          return_reason: Reason
          merged_into: Merged into
          amount: deal.Amount
          fields:
            consent: {column: Consent, values: {Sim: yes, Não: no}, other: no}
            actions: {column: Done, separator: ";"}
            wants_it_by: {column: By, format: "%d/%m/%Y"}
        """,
    "events": """
        timezone: America/Sao_Paulo
        files: {lead: {path: leads.csv}}
        leads: {from: lead, id: id}
        events:
          became_mql: MQL date
          became_won: {column: Closed, format: "%d.%m.%y %H:%M %z", timezone: UTC, midnight: is a date, aliases: [Won]}
          lost:
            column: Closed
            when: {Stage: Closed lost, Open: no, Try: [1, 2]}
            unless: {By: "112"}
            null_values: ["0"]
          contact_attempt: {column: at, when: {activity: [A, B]}, set: {actor: resource}, personal: yes}
          handed_off: {same_as: became_mql}
        """,
    "the rest": """
        files: {lead: {path: leads.csv}, log: {path: actions.csv}, visits: {path: visits.csv}}
        leads: {from: lead, id: id}
        actions: {from: log, id: id, action: {column: type, values: {Read: read}}, column: at, timezone: UTC}
        totals: {visit: {from: visits, day: Date, format: "%Y%m%d", channel: Source, count: Sessions}}
        coverage: {became_mql: 2017-06-14 to 2018-05-31, handed_off: 2017-06-14}
        rejects: at most 2.5%
        link: https://crm.example.com/lead/{id}/view
        """,
}
BAD = {
    "no files": ("{leads: {from: lead, id: id}}", "source needs files:"),
    "files without any": ("{files: {}, leads: {from: lead, id: id}}", "nothing stands under files"),
    "neither leads nor a system": (
        "{files: {lead: {path: a.csv}}}", "source needs leads:",
    ),
    "leads without an id": ("{files: {lead: {path: a.csv}}, leads: {from: lead}}", "leads needs id:"),
    "an unknown key": (f"{START}, chanel: x}}}}", "chanel is not a word of this format; did you mean channel?"),
    "an unknown key of a value": (
        f"{START}, channel: {{column: x, value: {{a: b}}}}}}}}",
        "value is not a word of this format; did you mean values?",
    ),
    "a path and a database": (
        "{files: {lead: {path: a.csv, url: env:CRM}}, leads: {from: lead, id: id}}",
        "lead is found either by its path:, or by a table: or query: with the url: of its database",
    ),
    "a database that is nowhere": (
        "{files: {lead: {table: leads}}, leads: {from: lead, id: id}}",
        "lead is found either by its path:, or by a table: or query: with the url: of its database",
    ),
    "a password": (
        "{files: {lead: {table: leads, url: 'postgres://ana:secret@db/crm'}}, leads: {from: lead, id: id}}",
        "url cannot be postgres://ana:******@db/crm",
    ),
    "a delimiter of two signs": (
        '{files: {lead: {path: a.csv, delimiter: ";;"}}, leads: {from: lead, id: id}}', "delimiter cannot be ;;",
    ),
    "a letter as delimiter": (
        "{files: {lead: {path: a.csv, delimiter: x}}, leads: {from: lead, id: id}}", "delimiter cannot be x",
    ),
    "an unknown repair": (
        "{files: {lead: {path: a.csv, repair: [whole_row_quote]}}, leads: {from: lead, id: id}}",
        "repair cannot be whole_row_quote; did you mean whole_row_quoted?",
    ),
    "a format without a day": (
        f'{START}}}, events: {{lost: {{column: at, format: "%H:%M"}}}}}}', "format cannot be %H:%M",
    ),
    "a format with a zone's name": (
        f'{START}}}, events: {{lost: {{column: at, format: "%Y-%m-%d %Z"}}}}}}', "format cannot be %Y-%m-%d %Z",
    ),
    "other without values": (
        f"{START}, channel: {{column: x, other: y}}}}}}",
        "values: is missing here: it belongs to what is written under channel",
    ),
    "midnight is something else": (
        f"{START}}}, events: {{lost: {{column: at, midnight: yes}}}}}}", "midnight cannot be yes",
    ),
    "a bare share": (f"{START}}}, rejects: 1%}}", "rejects cannot be 1%"),
    "coverage by month": (f"{START}}}, coverage: {{lost: 2027-01}}}}", "lost cannot be 2027-01"),
    "a link without its place": (f"{START}}}, link: https://crm.example.com}}", "link cannot be https://crm.example.com"),
    "a list of files of no system": ("{files: [a.csv]}", "source needs system:"),
    "stages of no system": (f"{START}}}, stages: {{lead: New}}}}", "source needs system:"),
    "an unknown system": ("{system: hubspott, files: [a.csv]}", "system cannot be hubspott; did you mean hubspot?"),
    "a system without files": ("{system: hubspot}", "source needs files:"),
    "a stage without a name": ("{system: hubspot, files: [a.csv], stages: {}}", "nothing stands under stages"),
    "a date that is no format": (
        "{system: hubspot, files: [a.csv], dates: {day: DD/MM/YYYY}}", "day cannot be DD/MM/YYYY",
    ),
    "a join on nothing": (f"{START}, join: {{deal: {{at_most: one}}}}}}}}", "deal needs on:"),
    "a join to many": (f"{START}, join: {{deal: {{on: {{a: b}}, at_most: many}}}}}}}}", "at_most cannot be many"),
    "a column that is a list": (f"{START}, owner: [a, b]}}}}", "owner takes one value, not a list"),
}  # fmt: skip
SCHEMA_CANNOT_SAY = {
    "an encoding that nobody knows": (
        "{files: {lead: {path: a.csv, encoding: utf-9}}, leads: {from: lead, id: id}}", "utf-9 does not exist",
    ),
    "coverage that ends before it begins": (
        f"{START}}}, coverage: {{lost: 2027-02-01 to 2027-01-01}}}}", "2027-02-01 to 2027-01-01 does not exist",
    ),
}  # fmt: skip


def problems(text: str) -> tuple[list[str], Any]:
    """What the model says of a source section, and its plain values."""
    indented = "\n".join(f"  {line}" for line in text.splitlines())
    document = parse(f"format: sla/v1\nagreement: Test\nstages:\n  lead: {{team: marketing}}\nsource:\n{indented}\n")
    assert document.problems == ()
    built = build(document.values)
    return [words("en").say(problem.message) for problem in built.problems], document.values["source"]


@pytest.mark.parametrize("name", GOOD)
def test_what_may_be_written(name):
    """Model and schema accept it."""
    said, values = problems(GOOD[name])

    assert [] == said
    assert [] == [error.message for error in VALIDATOR.iter_errors(values)]


@pytest.mark.parametrize("name", BAD)
def test_what_may_not_be_written(name):
    """One problem says what is wrong; the schema refuses it too."""
    text, expected = BAD[name]
    said, values = problems(text)

    assert [expected] == said
    assert not VALIDATOR.is_valid(values)


@pytest.mark.parametrize("name", SCHEMA_CANNOT_SAY)
def test_what_only_the_model_knows(name):
    """Whether an encoding exists, and in which order dates come."""
    text, expected = SCHEMA_CANNOT_SAY[name]
    said, values = problems(text)

    assert [expected] == said
    assert VALIDATOR.is_valid(values)
