"""What the fuzzing begins with: real texts, tables and files of every kind that the tool reads."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, redirect_stderr, redirect_stdout
from functools import cache
from io import StringIO
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from checker.cli.main import run
from checker.rules.catalogue import rules
from checker.text import parse
from tests.cli.test_check import AGREEMENT, LEADS
from tests.funnel import exported
from tests.fuzz.tree import ROOT, Harvest, block

EXAMPLE = ROOT / "sla"
STAMP = """\
release:
  version: "{version}"
  valid_from: {day}
  signed_by: [{{who: mia, team: marketing, on: 2026-12-01}}, {{who: sam, team: sales, on: 2026-12-01}}]
"""
HANDOFF = """\
format: sla/v1
agreement: Small
people: {sam: {name: Sam, team: sales}, ana: {name: Ana, team: sales}}
stages:
  lead: {team: marketing}
  mql:
    team: marketing
    all: [employees: at least 10, consent: yes]
fields:
  employees: {is: whole number}
  consent: {is: yes or no}
  country: {is: one of, values: [Brazil, Portugal]}
  budget: {is: money}
  wants_it_by: {is: date}
  email: {is: text, personal_data: yes}
  actions: {is: list of actions}
handoff:
  stage: mql
  channel: The queue
  must_have: [email, country, budget, wants_it_by]
  routing:
    - country: Portugal
      to: sam
    - otherwise: yes
      to: [sam, ana]
"""
PAYLOADS: list[Any] = [
    {
        "email": "lia@example.com",
        "employees": 30,
        "consent": True,
        "country": "Brazil",
        "budget": "1200.50",
        "wants_it_by": "2027-03-01",
    },
    [{"email": "a@example.com", "employees": 1}, {"employees": None, "country": "Narnia"}],
    {"actions": [{"action": "ask", "at": "2027-03-01T10:00:00Z"}], "stage": "mql", "owner": "sam"},
]
CODEOWNERS = "# ours\n*.md @acme/docs\nsla/targets.yaml @acme/marketing\n"
PLAN_TABLE = "month,stage,channel,target\n2027-01,mql,all,40\n2027-02,mql,all,45\n"


@cache
def small_texts() -> tuple[str, ...]:
    """The bad and the good example of every rule, and two small whole agreements."""
    examples = [text for rule in rules() for text in (rule.bad, rule.good)]
    return (*examples, AGREEMENT, HANDOFF)


@cache
def example_texts() -> Mapping[str, str]:
    """The files of the example agreement."""
    return {file.name: file.read_text(encoding="utf-8") for file in sorted(EXAMPLE.glob("*.yaml"))}


@cache
def harvest() -> Harvest:
    """The values of all these texts."""
    return Harvest([dict(parse(text).values) for text in (*small_texts(), *example_texts().values())])


@cache
def exports() -> tuple[tuple[str, Mapping[str, bytes]], ...]:
    """Agreements with their exports (HubSpot, Salesforce, RD Station, the small one's own): text, and file -> bytes."""
    found: list[tuple[str, Mapping[str, bytes]]] = [(AGREEMENT, {"leads.csv": LEADS.encode()})]
    writers = (
        exported.hubspot,
        lambda leads, folder: exported.hubspot(leads, folder, "internal"),
        exported.salesforce,
        lambda leads, folder: exported.salesforce(leads, folder, "warehouse"),
        exported.rd_station,
    )
    for writer in writers:
        with TemporaryDirectory() as folder:
            source = writer(exported.made(25), Path(folder))
            agreement = exported.with_source(source)
            text = block(json.loads(json.dumps(agreement.written, default=str)))
            found.append((text, {file.name: file.read_bytes() for file in Path(folder).iterdir()}))
    return tuple(found)


@cache
def packed() -> Mapping[str, bytes]:
    """The small agreement's history and packed data: Parquet files by name."""
    with TemporaryDirectory() as name, quiet():
        folder = Path(name)
        (folder / "sla").mkdir()
        (folder / "sla" / "agreement.yaml").write_text(AGREEMENT, encoding="utf-8")
        (folder / "sla" / "leads.csv").write_text(LEADS, encoding="utf-8")
        run(["check", f"{folder}/sla", "--history", f"{folder}/history.parquet"])
        run(["source", "pack", f"{folder}/sla", "--output", f"{folder}/packed", "--salt", "0123456789abcdef0"])
        files = [folder / "history.parquet", *(folder / "packed").rglob("*.parquet")]
        return {file.name: file.read_bytes() for file in files}


@contextmanager
def quiet() -> Iterator[tuple[StringIO, StringIO]]:
    """Keeps what is printed."""
    with redirect_stdout(StringIO()) as out, redirect_stderr(StringIO()) as err:
        yield out, err
