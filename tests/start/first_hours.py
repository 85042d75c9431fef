"""The first hour with an export: nothing is written by hand."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any, NamedTuple

import pytest

from checker.site.build import build as build_site
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
    validated = sla(capsys, "validate", str(folder / "sla"))
    file = folder / "build" / "results.json"
    checked = sla(capsys, "check", str(folder / "sla"), "--format", f"json={file}")
    results = json.loads(file.read_text(encoding="utf-8")) if file.exists() else {}
    return FirstHour(begun.code, validated.code, checked.code, begun.err + validated.err + checked.err, results)


def published(folder: Path) -> str:
    """The first page of the site, strictly built."""
    return build_site(folder / "mkdocs.yml", folder.resolve() / "site").read_text(encoding="utf-8")


def verdicts(hour: FirstHour) -> dict[str, set[str]]:
    """Promise -> the statuses of its months."""
    found: dict[str, set[str]] = {}
    for result in hour.results["results"]:
        found.setdefault(result["promise"], set()).add(result["status"])
    return found
