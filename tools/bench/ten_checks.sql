-- The ten promises of ten_checks.yaml, month by month, as somebody would ask for them by hand: the cut-off is the end
-- of 2026, every clock runs around the clock, and every column is complete enough to be counted at all.
WITH lead AS (SELECT * FROM read_parquet('leads.parquet')),
checked AS (
    SELECT 'mql-volume' AS promise, date_trunc('month', handed_off_at) AS month, count(*) AS kept, NULL AS owed
    FROM lead WHERE handed_off_at < '2027-01-01' GROUP BY ALL
    UNION ALL
    SELECT 'mql-quality', date_trunc('month', decided_at),
        count(*) FILTER (return_reason IS NULL OR return_reason NOT IN ('not_our_customer', 'bad_data', 'duplicate')),
        count(*)
    FROM lead WHERE decided_at < '2027-01-01' GROUP BY ALL
    UNION ALL
    SELECT 'handoff-speed', date_trunc('month', mql_at + INTERVAL 15 MINUTE),
        count(*) FILTER (handed_off_at <= mql_at + INTERVAL 15 MINUTE), count(*)
    FROM lead WHERE mql_at + INTERVAL 15 MINUTE < '2027-01-01' GROUP BY ALL
    UNION ALL
    SELECT 'handoff-data', date_trunc('month', handed_off_at),
        count(*) FILTER (email <> '' AND country <> '' AND employees IS NOT NULL), count(*)
    FROM lead WHERE handed_off_at < '2027-01-01' GROUP BY ALL
    UNION ALL
    SELECT 'first-response', date_trunc('month', handed_off_at + INTERVAL 24 HOUR),
        count(*) FILTER (first_contact_at <= handed_off_at + INTERVAL 24 HOUR), count(*)
    FROM lead WHERE handed_off_at + INTERVAL 24 HOUR < '2027-01-01' GROUP BY ALL
    UNION ALL
    SELECT 'founders-first', date_trunc('month', handed_off_at + INTERVAL 8 HOUR),
        count(*) FILTER (first_contact_at <= handed_off_at + INTERVAL 8 HOUR), count(*)
    FROM lead
    WHERE lower(job_title) = 'founder' AND employees >= 1000 AND handed_off_at + INTERVAL 8 HOUR < '2027-01-01'
    GROUP BY ALL
    UNION ALL
    SELECT 'accept-or-return', date_trunc('month', handed_off_at + INTERVAL 3 DAY),
        count(*) FILTER (decided_at <= handed_off_at + INTERVAL 3 DAY), count(*)
    FROM lead WHERE handed_off_at + INTERVAL 3 DAY < '2027-01-01' GROUP BY ALL
    UNION ALL
    SELECT 'reason-given', date_trunc('month', returned_at), count(return_reason), count(*)
    FROM lead WHERE returned_at < '2027-01-01' GROUP BY ALL
    UNION ALL
    SELECT 'win-rate', date_trunc('month', opportunity_at),
        count(*) FILTER (won_at <= opportunity_at + INTERVAL 3 MONTH), count(*)
    FROM lead WHERE opportunity_at < '2026-10-01' GROUP BY ALL
    UNION ALL
    SELECT 'revenue', date_trunc('month', won_at), sum(amount), NULL
    FROM lead WHERE won_at < '2027-01-01' GROUP BY ALL
)
SELECT promise, strftime(month, '%Y-%m') AS period, kept, owed FROM checked ORDER BY ALL
