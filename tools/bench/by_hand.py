"""The ten checks as one hand-written query, and the bare scan of their columns: what `sla check` is measured against.

    python tools/bench/by_hand.py checks FOLDER
    python tools/bench/by_hand.py scan FOLDER

Each prints its rows as JSON. Nothing of this project is imported.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Any

import duckdb

CHECKS = Path(__file__).with_name("ten_checks.sql")
SCANNED = [
    "lead_id",
    "channel",
    "seller",
    "amount",
    "return_reason",
    "email",
    "job_title",
    "country",
    "employees",
    "score",
    "mql_at",
    "handed_off_at",
    "first_contact_at",
    "decided_at",
    "returned_at",
    "opportunity_at",
    "won_at",
]


def by_hand(what: str, folder: Path) -> list[tuple[Any, ...]]:
    """The rows of one of the two queries over `leads.parquet` of a folder.

    The checks: promise, month, how many kept it (or the amount), of how many. The scan: one row.
    """
    if what == "checks":
        query = CHECKS.read_text(encoding="utf-8")
    else:
        figures = ", ".join(f"min({column}), max({column}), count({column})" for column in SCANNED)
        query = f"SELECT {figures} FROM read_parquet('leads.parquet')"
    with duckdb.connect(config={"file_search_path": str(folder)}) as connection:
        return connection.execute(query).fetchall()


if __name__ == "__main__":
    print(json.dumps(by_hand(sys.argv[1], Path(sys.argv[2])), default=str))
