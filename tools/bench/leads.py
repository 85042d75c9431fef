"""A funnel of any size as one Parquet file: the same file for the same size, on every machine."""

from __future__ import annotations

import subprocess
import sys
from hashlib import sha256
from pathlib import Path

# Each lead draws its numbers from hashes of its own row number. The leads lie two years along; three in ten become
# MQLs and are handed off, nine in ten of these are contacted, one in five comes back,
# one in fifty of all buys.
_LEADS = """
WITH drawn AS (
    SELECT row, list_transform(range(12), lambda salt: (hash(row * 16 + salt) >> 1)::BIGINT) AS draw
    FROM range({count}) AS rows(row)
),
created AS (
    SELECT
        *,
        draw[1] % 1000 < 300 AS qualified,
        draw[1] % 1000 < 60 AS opened,
        draw[1] % 1000 < 20 AS won,
        TIMESTAMP '2025-01-01 00:00:00' + to_seconds(draw[2] % (730 * 86400)) AS created_at
    FROM drawn
),
handed AS (
    SELECT
        *,
        created_at + to_seconds(3600 + draw[3] % 864000) AS mql,
        mql + to_seconds(draw[4] % 1000) AS handed,
        handed + to_seconds(600 + draw[8] % 300000) AS decision,
        qualified AND draw[4] % 100 < 95 AS decided,
        decided AND NOT opened AND draw[3] % 100 < 20 AS returned
    FROM created
)
SELECT
    'L' || lpad(row::VARCHAR, 9, '0') AS lead_id,
    created_at,
    ['search', 'ads', 'social', 'email', 'referral', 'fairs', 'outbound', 'partner'][1 + draw[5] % 8] AS channel,
    ['marketing', 'sales', 'founder', 'it', 'other'][1 + draw[6] % 5] AS job_title,
    (CASE WHEN qualified THEN 50 + draw[7] % 51 ELSE draw[7] % 70 END)::INTEGER AS score,
    (1 + draw[8] % 5000)::INTEGER AS employees,
    ['BR', 'PL', 'ES', 'IT', 'MX', 'PT', 'US'][1 + draw[9] % 7] AS country,
    'lead' || row || '@example' || (row % 977) || '.com' AS email,
    CASE WHEN qualified THEN mql END AS mql_at,
    CASE WHEN qualified THEN handed END AS handed_off_at,
    CASE WHEN qualified AND draw[10] % 100 < 90 THEN
        handed + to_seconds(60 + draw[11] % (CASE WHEN draw[10] % 100 < 70 THEN 80000 ELSE 500000 END))
    END AS first_contact_at,
    CASE WHEN decided THEN decision END AS decided_at,
    CASE WHEN returned THEN decision END AS returned_at,
    CASE WHEN returned THEN ['not_our_customer', 'bad_data', 'duplicate'][1 + draw[5] % 3] END AS return_reason,
    CASE WHEN opened THEN handed + to_seconds(2592000 + draw[12] % 864000) END AS opportunity_at,
    CASE WHEN won THEN handed + to_seconds(5184000 + draw[12] % 2592000) END AS won_at,
    (CASE WHEN won THEN 500 + draw[6] % 20000 END)::DECIMAL(12, 2) AS amount,
    CASE WHEN qualified THEN 'seller_' || lpad((draw[9] % 40)::VARCHAR, 2, '0') END AS seller
FROM handed
ORDER BY created_at, row
"""


def leads_in(folder: Path, count: int) -> Path:
    """`leads.parquet` with `count` leads in a folder of its own inside `folder`; made where it is not there yet."""
    version = sha256(_LEADS.encode()).hexdigest()[:8]
    file = folder / f"{count}-leads-{version}" / "leads.parquet"
    if not file.exists():
        file.parent.mkdir(parents=True, exist_ok=True)
        unfinished = file.with_suffix(".unfinished")
        # In a process of its own: the most memory that the bench ever held would count for the commands it starts.
        subprocess.run(
            [sys.executable, "-c", "import duckdb, sys; duckdb.execute(sys.stdin.read())"],
            input=f"COPY ({_LEADS.format(count=count)}) TO '{unfinished}' (FORMAT parquet)",
            text=True,
            check=True,
        )
        unfinished.rename(file)
    return file
