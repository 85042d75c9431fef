"""A folder with everything that a command can be asked about, and marks in all places that nobody asked to see.

What a lead's person is called, where they can be reached, what somebody noted about them, the address of the database
with its password, and the salt each hold a mark of their own. `COMMANDS` is the table of what is asked.
"""

from __future__ import annotations

import json
import os
from collections.abc import Mapping
from pathlib import Path

import duckdb

from tests.conftest import ROOT

PERSON, PHONE, EMAIL, NOTE, TITLE = "Zyx-Person", "4799000", "zyx-mail", "Zyx-Note", "Zyx-Title"
PASSWORD, PLACE, SALT = "Zyx-Password", "zyx-place", "zyx-salt-0123456789"
PERSONAL = {"a name": PERSON, "a phone": PHONE, "an e-mail address": EMAIL}
NEVER = {"a note that no section names": NOTE, "a password": PASSWORD, "a database's place": PLACE, "the salt": SALT}
MARKS = PERSONAL | NEVER

AGREEMENT = """\
format: sla/v1
agreement: Watched
status: draft
language: en
currency: EUR
people:
  mia: {name: Mia Lang, team: marketing}
  sam: {name: Sam Berg, team: sales}
working_time:
  office: {timezone: Europe/Warsaw, days: Monday to Friday, hours: "08:00 to 16:00"}
fields:
  full_name: {is: text, personal_data: yes}
  email: {is: text, personal_data: yes}
  phone: {is: whole number, personal_data: yes}
  employees: {is: whole number}
stages:
  lead: {name: Lead, team: marketing}
  mql:
    name: Qualified lead
    team: marketing
    all: [email: known, employees: at least 10]
  customer: {name: Customer, team: sales, is: won}
channels: {search: {team: marketing}}
handoff:
  stage: mql
  channel: The queue
  must_have: [email, phone, employees]
  routing:
    - otherwise: yes
      to: sam
return_reasons:
  no_budget: {found: after accepting, back_to: nobody, then: close}
targets: {mql: {all: {2027-01 to 2027-03: 2}}}
marketing_promises:
  mql-volume: {promise: Deliver two a month, measure: volume, of: mql, target: as planned}
sales_promises:
  first-response:
    promise: Call each new lead within half a working day
    starts: handed_off
    stops: first_personal_contact
    within: 4 business hours
    target: 90%
  accept:
    promise: Say yes or no to each qualified lead
    starts: handed_off
    stops: decided
    within: 2 business days
    target: 80%
    no_answer_means: accepted
source:
  timezone: Europe/Warsaw
  files: {lead: {FILE}}
  rejects: at most 100%
  leads:
    from: lead
    id: Id
    owner: {column: Owner, values: {Sam Berg: sam}}
    channel: {column: Source, values: {Google: search}}
    return_reason: {column: Reason, values: {Budget: no_budget}}
    fields: {full_name: Name, email: Email, phone: Phone, employees: Employees}
  events:
    became_lead: Created
    became_mql: Handed off
    handed_off: Handed off
    first_personal_contact: Called
    decided: Said
    returned: Returned
    became_customer: Won
  coverage: {handed_off: 2027-01-01 to 2027-03-31}
"""
HEADINGS = "Id,Name,Email,Phone,Note,Employees,Source,Owner,Created,Handed off,Called,Said,Returned,Reason,Won"
ROWS = [
    f"L1,{PERSON} One,{EMAIL}1@x.example,{PHONE}1,{NOTE} a,50,Google,Sam Berg,"
    "2027-02-01 08:00:00,2027-02-02 09:00:00,2027-02-02 10:00:00,2027-02-02 11:00:00,,,2027-02-20 09:00:00",
    f"L2,{PERSON} Two,{EMAIL}2@x.example,{PHONE}2,{NOTE} b,5,Google,Sam Berg,"
    "2027-02-01 09:00:00,2027-02-03 09:00:00,2027-02-03 12:59:00,,2027-02-05 09:00:00,,",
    f"L3,{PERSON} Three,{EMAIL}3@x.example,not {PHONE}3,{NOTE} c,70,Google,Sam Berg,2027-02-01 09:00:00,,,,,,",
    f"L4,{PERSON} Four,{EMAIL}4@x.example,{PHONE}4,{NOTE} d,many,Fair,Sam Berg,"
    "2027-03-01 09:00:00,2027-03-02 10:00:00,2027-03-02 15:00:00,,,,",
    f"{EMAIL}5@x.example,{PERSON} Five,{EMAIL}5@x.example,,{NOTE} e,30,Google,Sam Berg,"
    "2027-03-01 09:00:00,2027-03-30 10:00:00,,,,,",
    f"L6,{PERSON} Six,{EMAIL}6@x.example,{PHONE}6,{NOTE} f,30,Google,Sam Berg,2027-03-41 09:00:00,,,,,,",
]
PAYLOADS = [
    {"full_name": f"{PERSON} One", "email": f"{EMAIL}1@x.example", "phone": int(f"{PHONE}1"), "employees": 50},
    {"full_name": f"{PERSON} Two", "email": [f"{EMAIL}2@x.example"], "phone": f"not {PHONE}2", "employees": "few"},
    {f"{PERSON} as a key": 1, "employees": 4},
]
VARIABLE = "WATCHED_DATABASE"
STAMP = """\
release:
  version: "{version}"
  valid_from: {day}
  signed_by: [{{who: mia, team: marketing, on: 2026-12-01}}, {{who: sam, team: sales, on: 2026-12-01}}]
"""
REVIEWS = ("text", "json", "markdown", "github", "gitlab", "sarif", "junit")
LISTS = ("overdue", "due-soon", "undecided", "returned-without-reason", "missed", "wrongly-qualified", "deadlines")


def build(folder: Path) -> None:
    """Writes the folder: exports, an agreement on them and one on a database, releases, payloads, the example."""
    table = "\n".join([HEADINGS, *ROWS]) + "\n"
    secret = folder / PLACE
    secret.mkdir()
    for name, file in {"sla": "path: leads.csv", "base": f"table: leads, url: env:{VARIABLE}"}.items():
        place = folder / name
        (place / "releases").mkdir(parents=True)
        text = AGREEMENT.replace("FILE", file)
        (place / "agreement.yaml").write_text(text, encoding="utf-8")
        (place / "leads.csv").write_text(table, encoding="utf-8")
        release = text.replace("target: 90%", "target: 80%") + STAMP.format(version="2027.1", day="2027-01-01")
        (place / "releases" / "2027.1.yaml").write_text(release, encoding="utf-8")
    (folder / "older.yaml").write_text(AGREEMENT.replace("FILE", "path: leads.csv").replace("90%", "70%"), "utf-8")
    broken = AGREEMENT.replace("FILE", f"url: postgresql://ana:{PASSWORD}@db/crm, table: leads")
    (folder / "broken.yaml").write_text(broken, encoding="utf-8")
    (folder / "payloads.json").write_text(json.dumps(PAYLOADS), encoding="utf-8")
    (folder / "exports").mkdir()
    (folder / "exports" / "leads.csv").write_text(table, encoding="utf-8")
    with duckdb.connect(str(secret / "crm.duckdb")) as connection:
        connection.execute(
            "CREATE TABLE leads AS FROM read_csv(?, all_varchar = true)", [str(folder / "sla/leads.csv")]
        )


def environment(folder: Path) -> Mapping[str, str]:
    """The variables that hold secrets."""
    return {**os.environ, VARIABLE: f"duckdb:{folder / PLACE / 'crm.duckdb'}", "SLA_SALT": SALT, "COLUMNS": "200"}


def commands() -> list[tuple[str, ...]]:
    """Every command in every format."""
    asked: list[tuple[str, ...]] = [("--help",), ("--version",)]
    for form in REVIEWS:
        asked += [
            ("validate", "sla", "--format", form),
            ("validate", "broken.yaml", "--format", form),
            ("check", "sla", "--as-of", "2027-03-31", "--format", form),
            ("check", "base", "--as-of", "2027-03-31", "--format", form),
            ("diff", "older.yaml", "sla", "--format", form),
            ("diff", "older.yaml", "sla", "--data", "sla", "--as-of", "2027-03-31", "--format", form),
        ]
    for form in ("text", "csv", "json", "markdown", "html"):
        asked += [("leads", name, "sla", "--as-of", "2027-03-31", "--format", form) for name in LISTS]
    for form in ("text", "json", "markdown"):
        asked += [
            ("backtest", "sla", "--format", form),
            ("changelog", "sla", "--format", form),
            ("plan", str(ROOT / "sla"), "--format", form),
            ("explain", "--lead", "L2", "sla", "--format", form),
            ("explain", "--lead", "L1", "base", "--format", form),
        ]
    for form in ("text", "json"):
        asked += [
            ("handoff", "validate", "payloads.json", "--agreement", "sla", "--format", form),
            ("handoff", "route", "payloads.json", "--agreement", "sla", "--format", form),
        ]
    return [
        *asked,
        ("check", "sla", "--rejects", "made/rejects.csv", "--history", "made/history.parquet"),
        ("check", "sla", "--format", "json=made/results.json", "--format", "text=made/page.txt"),
        ("check", "base", "--explain-sql"),
        ("diff", "older.yaml", "sla", "--format", "markdown", "--pages"),
        ("leads", "overdue", "sla", "--as-of", "2027-03-31", "--split", "made/lists"),
        ("explain", "SLA301"),
        ("explain", "first-response", "sla"),
        ("explain", "volume"),
        ("explain", "promise-tightened"),
        ("handoff", "schema", "--agreement", "sla"),
        ("owners", "sla", "--owner", "marketing=@acme/m", "--owner", "sales=@acme/s"),
        ("release", "sla", "--signed", "mia=2027-03-01", "--signed", "sam=2027-03-01", "--dry-run"),
        ("schema", "made/schema"),
        ("site", "export", "made/pages"),
        ("source", "inspect", "exports/leads.csv"),
        ("source", "inspect", "exports/leads.csv", "--agreement", "sla"),
        ("source", "show", "sla"),
        ("source", "pack", "sla", "--output", "made/packed"),
        ("source", "pack", "base", "--output", "made/packed-base"),
        ("init", "made/new", "--from", "exports/leads.csv", "--timezone", "Europe/Warsaw"),
        ("demo", "made/demo"),
        ("plan", "made/demo/sla", "--from-data"),
    ]
