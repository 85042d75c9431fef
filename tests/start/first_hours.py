"""The first hour with an export: nothing is written by hand."""

from __future__ import annotations

import csv
import json
from datetime import date, datetime, time, timedelta
from pathlib import Path
from typing import Any, NamedTuple

import pytest

from checker.site.build import build as build_site
from checker.text import parse
from tests.cli.console import sla


class FirstHour(NamedTuple):
    """How `sla init`, `sla validate` and `sla check` ended, and the results (none where the check gave none)."""

    begun: int
    validated: int
    checked: int
    errors: str
    results: dict[str, Any]


def first_hour(capsys: pytest.CaptureFixture[str], folder: Path, *arguments: str) -> FirstHour:
    """Begins a repository, validates and checks it."""
    begun = sla(capsys, "init", str(folder), *arguments)
    if begun.code:
        return FirstHour(begun.code, -1, -1, begun.err, {})
    found = checked(capsys, folder)
    return found._replace(begun=begun.code, errors=begun.err + found.errors)


def checked(capsys: pytest.CaptureFixture[str], folder: Path) -> FirstHour:
    """Validates and checks a repository that is there."""
    validated = sla(capsys, "validate", str(folder / "sla"), "--fail-on", "warning")
    file = folder / "build" / "results.json"
    ended = sla(capsys, "check", str(folder / "sla"), "--format", f"json={file}")
    results = json.loads(file.read_text(encoding="utf-8")) if file.exists() else {}
    return FirstHour(0, validated.code, ended.code, validated.err + ended.err, results)


def answer(section: Path, begins: date, rows: int = 60) -> None:
    """Makes the export that a section waits for, with the columns that it names, and writes its name in at `files`.

    A lead comes every third day. Its events follow each other by five days, and each later one reaches fewer leads.
    """
    text = section.read_text(encoding="utf-8")
    source: Any = parse(text).values["source"]
    (entry,) = source["files"].values()
    events = list(source["events"].values())
    said = [*(value for key, value in source["leads"].items() if key not in ("from", "fields"))]
    said += [*source["leads"].get("fields", {}).values()]
    numbers = {source["leads"]["id"], source["leads"].get("score")}
    with (section.parent / "answer.csv").open("w", encoding="utf-8", newline="") as out:
        writer = csv.DictWriter(out, list(dict.fromkeys([*said, *events])))
        writer.writeheader()
        for number in range(rows):
            came = datetime.combine(begins, time(9)) + timedelta(days=3 * number)
            happened = {
                column: f"{came + timedelta(days=5 * place):%Y-%m-%d %H:%M}"
                for place, column in enumerate(events)
                if number % (place + 1) == 0
            }
            row = {column: str(number) if column in numbers else f"{column} {number % 2}" for column in said}
            writer.writerow(row | happened)
    section.write_text(text.replace(entry["path"], "answer.csv"), encoding="utf-8")


def published(folder: Path) -> str:
    """The first page of the site, strictly built."""
    return build_site(folder / "mkdocs.yml", folder.resolve() / "site").read_text(encoding="utf-8")


def verdicts(hour: FirstHour) -> dict[str, set[str]]:
    """Promise -> the statuses of its months."""
    found: dict[str, set[str]] = {}
    for result in hour.results["results"]:
        found.setdefault(result["promise"], set()).add(result["status"])
    return found
