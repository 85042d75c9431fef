SELECT
  CASE
    WHEN "leads"."at_handed_off" <= "handed_off day"."month_1_until"
    THEN "handed_off day"."month_1"
    ELSE "handed_off day"."month_2"
  END AS "month",
  "leads"."channel" AS "channel",
  COUNT(*) AS "speed all",
  COUNT(
    CASE
      WHEN COALESCE(
        (
          (
            (
              NOT (
                "leads"."at_decided" IS NULL
              )
            )
            OR (
              NOT (
                "leads"."at_returned" IS NULL
              )
            )
          )
          AND (
            NOT (
              (
                NOT (
                  "leads"."at_returned" IS NULL
                )
              )
              AND (
                CASE
                  WHEN "leads"."at_returned" IS NULL
                  THEN FALSE
                  ELSE LOWER(NULLIF("leads"."return_reason", '')) = 'bad_data'
                END
              )
            )
          )
        )
        OR (
          (
            NOT (
              (
                NOT (
                  "leads"."at_decided" IS NULL
                )
              )
              OR (
                NOT (
                  "leads"."at_returned" IS NULL
                )
              )
            )
          )
          AND (
            COALESCE(
              CASE
                WHEN "leads"."at_handed_off" < 1811473200
                THEN CASE
                  WHEN "leads"."at_handed_off" <= "handed_off day"."2 business days deadline_1_until"
                  THEN "handed_off day"."2 business days deadline_1"
                  ELSE "handed_off day"."2 business days deadline_2"
                END
              END <= 1806526800,
              FALSE
            )
          )
        ),
        FALSE
      )
      THEN 1
    END
  ) AS "speed accepted",
  COUNT(
    CASE
      WHEN COALESCE(
        "leads"."at_decided" <= CASE
          WHEN "leads"."at_handed_off" < 1811473200
          THEN CASE
            WHEN "leads"."at_handed_off" <= "handed_off day"."2 business days deadline_1_until"
            THEN "handed_off day"."2 business days deadline_1"
            ELSE "handed_off day"."2 business days deadline_2"
          END
        END,
        FALSE
      )
      THEN 1
    END
  ) AS "speed in time",
  COALESCE(SUM(CASE WHEN TRUE THEN "leads"."amount" ELSE 0 END), 0) AS "speed amount",
  MIN(
    CASE
      WHEN NOT (
        NOT (
          "leads"."at_decided" IS NULL
        )
      )
      THEN (
        (
          "leads"."at_handed_off"
        ) - (
          1801450800
        )
      ) * 4294967296 + "leads"."row_number"
    END,
    20
  ) AS "speed leads"
FROM "leads"
JOIN "working time office" AS "handed_off day"
  ON "handed_off day"."day" = (
    "leads"."at_handed_off"
  ) // 86400
WHERE
  (
    "leads"."told_handed_off"
  )
  AND (
    NOT (
      "leads"."at_handed_off" IS NULL
    )
  )
GROUP BY
  1,
  2
