"""The leads of the sample funnel as a plain reader sees them, for tests that put criteria to each of them."""

from __future__ import annotations

import csv
from collections.abc import Collection
from copy import deepcopy
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from checker.samples.story import CUT_OFF
from checker.text import read
from tests.funnel.one_by_one import as_at
from tests.funnel.row_by_row import RowByRow

ZONE = "America/Sao_Paulo"
Values = dict[str, Any]


def plain_leads(folder: Path, without: Collection[str] = ()) -> tuple[Values, list[dict[str, Any]]]:
    """The values of the agreement in a folder, but for some sections, and the leads of `data` beside it."""
    values: Values = {key: value for key, value in read(folder).values.items() if key not in without}
    source = deepcopy(values["source"])
    # its plain reader knows no file in a test of another column
    source["events"]["became_customer"]["when"] = {"Stage": "Closed won"}
    kinds = {f"field_{name}": field["is"] for name, field in values["fields"].items()}
    facts = RowByRow(source, kinds, ZONE, folder).facts()
    with (folder.parent / "data" / "leads.csv").open(encoding="utf-8", newline="") as file:
        rows = {row["Record ID"]: row for row in csv.DictReader(file)}
    leads = []
    for fact in facts:
        row = rows[fact["lead_id"]]
        lead: dict[str, Any] = {f"at_{event}": None for event in source["events"]}
        lead |= {name.removeprefix("field_"): value for name, value in fact.items()}
        lead |= {
            "points": int(row["Lead score"]) if row["Lead score"] else None,
            "merged_into": row["Merged into"] or None,
        }
        leads.append(lead)
    cut_off = int(CUT_OFF.replace(tzinfo=ZoneInfo(ZONE)).astimezone(UTC).timestamp())
    return values, as_at(leads, cut_off, list(source["events"]))


def came(lead: dict[str, Any]) -> int | None:
    """When a lead came: the first of its stages, or its handoff."""
    return min((at for name, at in lead.items() if _is_arrival(name) and at is not None), default=None)


def _is_arrival(name: str) -> bool:
    return name.startswith("at_became_") or name == "at_handed_off"


def local_day(instant: int) -> date:
    """The day of an instant where the sample's people are."""
    return datetime.fromtimestamp(instant, ZoneInfo(ZONE)).date()
