"""Examples of rules about data: an agreement, and a table of leads that becomes an export and its source section."""

from __future__ import annotations

import csv
from collections.abc import Iterator, Mapping
from pathlib import Path

from checker.agreement import Agreement, build
from checker.agreement.events import event_names
from checker.funnel import open_funnel
from checker.review.check import check
from checker.review.releases import history_of
from checker.text import Document, read
from checker.verdict import Results
from tests.rules.examples import texts

BASE = ("channel", "campaign", "owner", "return_reason")
BESIDE = "beside.yaml"
PROMISE = "both_promise: {stand-in: {promise: Stand in, measure: volume, of: mql, target: 1 a month}}\n"


def leads_of(table: str) -> Iterator[Mapping[str, str]]:
    """The leads of a table, one by one: the column `leads` says how many are alike."""
    number = 0
    for row in csv.DictReader(table.strip().splitlines(), skipinitialspace=True):
        told = {name.strip(): (value or "").strip() for name, value in row.items()}
        for _ in range(int(told.pop("leads"))):
            number += 1
            yield {"id": f"L{number}", **told}


def source_of(columns: list[str], agreement: Agreement) -> str:
    """The source section that reads these columns, each under its own name."""
    events = [name for name in columns if name in event_names(agreement.stages)]
    base = [name for name in columns if name in BASE]
    fields = [name for name in columns if name not in (*events, *base, "id")]
    lines = ["source:", "  timezone: UTC", "  files: {lead: {path: leads.csv}}", "  leads:", "    from: lead"]
    lines += ["    id: id", *(f"    {name}: {name}" for name in base)]
    lines += [f"    fields: {{{', '.join(f'{name}: {name}' for name in fields)}}}"] if fields else []
    lines += ["  events:", *(f'    {name}: {{column: {name}, format: "%Y-%m-%d"}}' for name in events)]
    return "\n".join(lines) + "\n"


def checked(example: str, table: str, folder: Path) -> Results:
    """A check of an example's leads. What it lacks of a source and of promises stands in a file of its own."""
    (folder / BESIDE).unlink(missing_ok=True)
    for name, text in texts(example).items():
        file = folder / name
        file.parent.mkdir(exist_ok=True)
        file.write_text(text, encoding="utf-8")
    leads = list(leads_of(table))
    with (folder / "leads.csv").open("w", newline="", encoding="utf-8") as export:
        writer = csv.DictWriter(export, list(leads[0]))
        writer.writeheader()
        writer.writerows(leads)
    agreement, _ = built(folder)
    beside = source_of(list(leads[0]), agreement) + ("" if agreement.promises() else PROMISE)
    (folder / BESIDE).write_text(beside, encoding="utf-8")
    agreement, document = built(folder)
    with open_funnel(agreement, folder) as funnel:
        return check(agreement, document, funnel, history=history_of(folder)).results


def built(folder: Path) -> tuple[Agreement, Document]:
    """The agreement of a folder, which must be without errors."""
    document = read(folder)
    agreement = build(document.values, document.problems)

    assert () == agreement.problems
    return agreement, document
