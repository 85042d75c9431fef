SELECT
  `judged`.`rung`,
  `judged`.`month`,
  `judged`.`state`,
  `judged`.`bucket`,
  COUNT(*) AS `count`,
  MIN_BY(CASE
    WHEN `judged`.`state` = 'late'
    THEN (
      (
        `judged`.`deadline`
      ) - (
        1801450800L
      )
    ) * 4294967296L + `judged`.`row_number`
  END, CASE
    WHEN `judged`.`state` = 'late'
    THEN (
      (
        `judged`.`deadline`
      ) - (
        1801450800L
      )
    ) * 4294967296L + `judged`.`row_number`
  END, 20) AS `leads`
FROM (
  SELECT
    `timed`.`row_number`,
    `timed`.`rung`,
    `timed`.`deadline`,
    CASE
      WHEN `timed`.`rung` = 0
      THEN CASE
        WHEN `timed`.`deadline` <= `timed`.`4 business hours deadline_month_1_until`
        THEN `timed`.`4 business hours deadline_month_1`
        ELSE `timed`.`4 business hours deadline_month_2`
      END
      WHEN `timed`.`rung` = 1
      THEN CASE
        WHEN `timed`.`deadline` <= `timed`.`2 business days deadline_month_1_until`
        THEN `timed`.`2 business days deadline_month_1`
        ELSE `timed`.`2 business days deadline_month_2`
      END
    END AS `month`,
    CASE
      WHEN `timed`.`spared`
      THEN 'not counted'
      WHEN `timed`.`not_owed`
      THEN 'not owed'
      WHEN `timed`.`impossible`
      THEN 'cannot tell'
      WHEN 1806526800L < `timed`.`deadline`
      THEN 'waiting'
      WHEN `timed`.`stop` IS NULL
      THEN 'late'
      WHEN CASE
        WHEN `timed`.`rung` = 0
        THEN 14400 < (
          `timed`.`stop_worked`
        ) - (
          `timed`.`start_worked`
        )
        WHEN `timed`.`rung` = 1
        THEN `timed`.`deadline` < `timed`.`stop`
      END
      THEN 'late'
      ELSE 'met'
    END AS `state`,
    CASE
      WHEN NOT (
        `timed`.`stop` IS NULL
      )
      THEN CASE
        WHEN `timed`.`rung` = 0
        THEN CASE
          WHEN (
            `timed`.`stop_worked`
          ) - (
            `timed`.`start_worked`
          ) <= 0
          THEN 0
          WHEN (
            `timed`.`stop_worked`
          ) - (
            `timed`.`start_worked`
          ) < 28800
          THEN (
            (
              `timed`.`stop_worked`
            ) - (
              `timed`.`start_worked`
            )
          ) DIV 240 * 240
          ELSE (
            (
              `timed`.`stop_worked`
            ) - (
              `timed`.`start_worked`
            )
          ) DIV 1920 * 1920
        END
        WHEN `timed`.`rung` = 1
        THEN CASE
          WHEN (
            `timed`.`stop_worked`
          ) - (
            `timed`.`start_worked`
          ) <= 0
          THEN 0
          WHEN (
            `timed`.`stop_worked`
          ) - (
            `timed`.`start_worked`
          ) < 115200
          THEN (
            (
              `timed`.`stop_worked`
            ) - (
              `timed`.`start_worked`
            )
          ) DIV 960 * 960
          ELSE (
            (
              `timed`.`stop_worked`
            ) - (
              `timed`.`start_worked`
            )
          ) DIV 7680 * 7680
        END
      END
    END AS `bucket`
  FROM (
    SELECT
      `placed`.*,
      CASE
        WHEN `placed`.`rung` = 0
        THEN CASE
          WHEN `placed`.`start_worked` <= `placed`.`4 business hours deadline_1_until`
          THEN (
            `placed`.`4 business hours deadline_1`
          ) + (
            `placed`.`start_worked`
          )
          ELSE (
            `placed`.`4 business hours deadline_2`
          ) + (
            `placed`.`start_worked`
          )
        END
        WHEN `placed`.`rung` = 1
        THEN CASE
          WHEN `placed`.`start` <= `placed`.`2 business days deadline_1_until`
          THEN `placed`.`2 business days deadline_1`
          ELSE `placed`.`2 business days deadline_2`
        END
      END AS `deadline`
    FROM (
      SELECT
        `started`.*,
        `start_day`.*,
        CASE
          WHEN `started`.`start` <= `start_day`.`worked_1_until`
          THEN `start_day`.`worked_1`
          WHEN `started`.`start` <= `start_day`.`worked_2_until`
          THEN (
            `start_day`.`worked_2`
          ) + (
            `started`.`start`
          )
          ELSE `start_day`.`worked_3`
        END AS `start_worked`,
        CASE
          WHEN `started`.`stop` <= `stop_day`.`worked_1_until`
          THEN `stop_day`.`worked_1`
          WHEN `started`.`stop` <= `stop_day`.`worked_2_until`
          THEN (
            `stop_day`.`worked_2`
          ) + (
            `started`.`stop`
          )
          ELSE `stop_day`.`worked_3`
        END AS `stop_worked`
      FROM (
        SELECT
          `leads`.`row_number` AS `row_number`,
          `leads`.`at_handed_off` AS `start`,
          `leads`.`at_first_personal_contact` AS `stop`,
          FALSE AS `start_is_day`,
          FALSE AS `stop_is_day`,
          CASE WHEN NOT (
            NULLIF(`leads`.`field_email`, '') IS NULL
          ) THEN 0 ELSE 1 END AS `rung`,
          TRUE AS `fits`,
          COALESCE(
            (
              `leads`.`lead_id` = 'L\'9'
            )
            OR (
              `leads`.`at_handed_off` BETWEEN 1804129200L AND 1804301999L
            ),
            FALSE
          ) AS `spared`,
          COALESCE(
            NOT (
              (
                `leads`.`field_employees` BETWEEN 50 AND 2000
              )
              AND (
                NOT (
                  LOCATE(
                    '\'; drop table leads',
                    LOWER(TRANSLATE(NULLIF(`leads`.`field_email`, ''), 'İΣ', 'iσ'))
                  ) > 0
                )
              )
            ),
            FALSE
          ) AS `not_owed`,
          CASE
            WHEN COALESCE(`leads`.`at_first_personal_contact` < `leads`.`at_handed_off`, FALSE)
            THEN NOT (
              (
                COALESCE(
                  `leads`.`at_first_personal_contact` = (
                    `leads`.`at_handed_off`
                  ) DIV 60 * 60,
                  FALSE
                )
              )
              OR (
                COALESCE(`leads`.`at_first_personal_contact` >= `leads`.`at_became_mql`, FALSE)
              )
            )
            ELSE FALSE
          END AS `impossible`
        FROM `leads`
        WHERE
          (
            `leads`.`told_handed_off`
          )
          AND (
            NOT (
              `leads`.`at_handed_off` IS NULL
            )
          )
      ) AS `started`
      JOIN `working time office` AS `start_day`
        ON `start_day`.`day` = (
          `started`.`start`
        ) DIV 86400
      JOIN `working time office` AS `stop_day`
        ON `stop_day`.`day` = (
          COALESCE(`started`.`stop`, `started`.`start`)
        ) DIV 86400
      WHERE
        NOT (
          `started`.`rung` IS NULL
        )
    ) AS `placed`
  ) AS `timed`
) AS `judged`
GROUP BY
  1,
  2,
  3,
  4
