"""A funnel as a log: every event of a lead is a line, the lines in the order of time; and what is promised of it."""

from __future__ import annotations

import shutil
import subprocess
import sys
from pathlib import Path

AGREEMENT = Path(__file__).with_name("log.yaml")
LINES_OF = 4_628_340
"""How many lines the log of a million leads has."""
# Leads that are contacted get ten calls, two hours apart.
_LINES = """
WITH lead AS (SELECT * FROM read_parquet('{leads}'))
SELECT * FROM (
    SELECT lead_id, 'Created' AS what, created_at AS moment, channel, NULL::VARCHAR AS note FROM lead
    UNION ALL
    SELECT lead_id, 'Qualified', mql_at, NULL, NULL FROM lead WHERE mql_at IS NOT NULL
    UNION ALL
    SELECT lead_id, 'Handoff', handed_off_at, NULL, NULL FROM lead WHERE handed_off_at IS NOT NULL
    UNION ALL
    SELECT lead_id, 'Call', first_contact_at + to_seconds(call * 7200), NULL, NULL
    FROM lead, range(10) AS calls(call) WHERE first_contact_at IS NOT NULL
    UNION ALL
    SELECT lead_id, 'Decision', decided_at, NULL, NULL FROM lead WHERE decided_at IS NOT NULL
    UNION ALL
    SELECT lead_id, 'Return', returned_at, NULL, return_reason FROM lead WHERE returned_at IS NOT NULL
)
ORDER BY moment
"""


def log_in(folder: Path, of_leads: Path) -> Path:
    """A folder with the log of a million leads as `log.parquet`, made where it is not there yet, and the agreement.

    `of_leads` is the folder with their `leads.parquet`.
    """
    place = folder / f"log-of-{of_leads.name}"
    place.mkdir(parents=True, exist_ok=True)
    file = place / "log.parquet"
    if not file.exists():
        unfinished = file.with_suffix(".unfinished")
        # In a process of its own: the most memory that the bench ever held would count for the commands it starts.
        subprocess.run(
            [sys.executable, "-c", "import duckdb, sys; duckdb.execute(sys.stdin.read())"],
            input=f"COPY ({_LINES.format(leads=of_leads / 'leads.parquet')}) TO '{unfinished}' (FORMAT parquet)",
            text=True,
            check=True,
        )
        unfinished.rename(file)
    shutil.copy(AGREEMENT, place / "agreement.yaml")
    return place
