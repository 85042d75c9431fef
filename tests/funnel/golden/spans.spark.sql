SELECT
  CASE
    WHEN `leads`.`at_handed_off` <= `handed_off day`.`month_1_until`
    THEN `handed_off day`.`month_1`
    ELSE `handed_off day`.`month_2`
  END AS `key 1`,
  `leads`.`channel` AS `key 2`,
  CASE
    WHEN NOT (
      (
        CASE
          WHEN COALESCE(`leads`.`at_first_personal_contact`, 1806526800L) <= `first_personal_contact day`.`worked_1_until`
          THEN `first_personal_contact day`.`worked_1`
          WHEN COALESCE(`leads`.`at_first_personal_contact`, 1806526800L) <= `first_personal_contact day`.`worked_2_until`
          THEN (
            `first_personal_contact day`.`worked_2`
          ) + (
            COALESCE(`leads`.`at_first_personal_contact`, 1806526800L)
          )
          ELSE `first_personal_contact day`.`worked_3`
        END
      ) - (
        CASE
          WHEN `leads`.`at_handed_off` <= `handed_off day`.`worked_1_until`
          THEN `handed_off day`.`worked_1`
          WHEN `leads`.`at_handed_off` <= `handed_off day`.`worked_2_until`
          THEN (
            `handed_off day`.`worked_2`
          ) + (
            `leads`.`at_handed_off`
          )
          ELSE `handed_off day`.`worked_3`
        END
      ) IS NULL
    )
    THEN CASE
      WHEN (
        CASE
          WHEN COALESCE(`leads`.`at_first_personal_contact`, 1806526800L) <= `first_personal_contact day`.`worked_1_until`
          THEN `first_personal_contact day`.`worked_1`
          WHEN COALESCE(`leads`.`at_first_personal_contact`, 1806526800L) <= `first_personal_contact day`.`worked_2_until`
          THEN (
            `first_personal_contact day`.`worked_2`
          ) + (
            COALESCE(`leads`.`at_first_personal_contact`, 1806526800L)
          )
          ELSE `first_personal_contact day`.`worked_3`
        END
      ) - (
        CASE
          WHEN `leads`.`at_handed_off` <= `handed_off day`.`worked_1_until`
          THEN `handed_off day`.`worked_1`
          WHEN `leads`.`at_handed_off` <= `handed_off day`.`worked_2_until`
          THEN (
            `handed_off day`.`worked_2`
          ) + (
            `leads`.`at_handed_off`
          )
          ELSE `handed_off day`.`worked_3`
        END
      ) <= 0
      THEN 0
      WHEN (
        CASE
          WHEN COALESCE(`leads`.`at_first_personal_contact`, 1806526800L) <= `first_personal_contact day`.`worked_1_until`
          THEN `first_personal_contact day`.`worked_1`
          WHEN COALESCE(`leads`.`at_first_personal_contact`, 1806526800L) <= `first_personal_contact day`.`worked_2_until`
          THEN (
            `first_personal_contact day`.`worked_2`
          ) + (
            COALESCE(`leads`.`at_first_personal_contact`, 1806526800L)
          )
          ELSE `first_personal_contact day`.`worked_3`
        END
      ) - (
        CASE
          WHEN `leads`.`at_handed_off` <= `handed_off day`.`worked_1_until`
          THEN `handed_off day`.`worked_1`
          WHEN `leads`.`at_handed_off` <= `handed_off day`.`worked_2_until`
          THEN (
            `handed_off day`.`worked_2`
          ) + (
            `leads`.`at_handed_off`
          )
          ELSE `handed_off day`.`worked_3`
        END
      ) < 7200
      THEN (
        (
          CASE
            WHEN COALESCE(`leads`.`at_first_personal_contact`, 1806526800L) <= `first_personal_contact day`.`worked_1_until`
            THEN `first_personal_contact day`.`worked_1`
            WHEN COALESCE(`leads`.`at_first_personal_contact`, 1806526800L) <= `first_personal_contact day`.`worked_2_until`
            THEN (
              `first_personal_contact day`.`worked_2`
            ) + (
              COALESCE(`leads`.`at_first_personal_contact`, 1806526800L)
            )
            ELSE `first_personal_contact day`.`worked_3`
          END
        ) - (
          CASE
            WHEN `leads`.`at_handed_off` <= `handed_off day`.`worked_1_until`
            THEN `handed_off day`.`worked_1`
            WHEN `leads`.`at_handed_off` <= `handed_off day`.`worked_2_until`
            THEN (
              `handed_off day`.`worked_2`
            ) + (
              `leads`.`at_handed_off`
            )
            ELSE `handed_off day`.`worked_3`
          END
        )
      ) DIV 60 * 60
      WHEN (
        CASE
          WHEN COALESCE(`leads`.`at_first_personal_contact`, 1806526800L) <= `first_personal_contact day`.`worked_1_until`
          THEN `first_personal_contact day`.`worked_1`
          WHEN COALESCE(`leads`.`at_first_personal_contact`, 1806526800L) <= `first_personal_contact day`.`worked_2_until`
          THEN (
            `first_personal_contact day`.`worked_2`
          ) + (
            COALESCE(`leads`.`at_first_personal_contact`, 1806526800L)
          )
          ELSE `first_personal_contact day`.`worked_3`
        END
      ) - (
        CASE
          WHEN `leads`.`at_handed_off` <= `handed_off day`.`worked_1_until`
          THEN `handed_off day`.`worked_1`
          WHEN `leads`.`at_handed_off` <= `handed_off day`.`worked_2_until`
          THEN (
            `handed_off day`.`worked_2`
          ) + (
            `leads`.`at_handed_off`
          )
          ELSE `handed_off day`.`worked_3`
        END
      ) < 172800
      THEN (
        (
          CASE
            WHEN COALESCE(`leads`.`at_first_personal_contact`, 1806526800L) <= `first_personal_contact day`.`worked_1_until`
            THEN `first_personal_contact day`.`worked_1`
            WHEN COALESCE(`leads`.`at_first_personal_contact`, 1806526800L) <= `first_personal_contact day`.`worked_2_until`
            THEN (
              `first_personal_contact day`.`worked_2`
            ) + (
              COALESCE(`leads`.`at_first_personal_contact`, 1806526800L)
            )
            ELSE `first_personal_contact day`.`worked_3`
          END
        ) - (
          CASE
            WHEN `leads`.`at_handed_off` <= `handed_off day`.`worked_1_until`
            THEN `handed_off day`.`worked_1`
            WHEN `leads`.`at_handed_off` <= `handed_off day`.`worked_2_until`
            THEN (
              `handed_off day`.`worked_2`
            ) + (
              `leads`.`at_handed_off`
            )
            ELSE `handed_off day`.`worked_3`
          END
        )
      ) DIV 600 * 600
      WHEN (
        CASE
          WHEN COALESCE(`leads`.`at_first_personal_contact`, 1806526800L) <= `first_personal_contact day`.`worked_1_until`
          THEN `first_personal_contact day`.`worked_1`
          WHEN COALESCE(`leads`.`at_first_personal_contact`, 1806526800L) <= `first_personal_contact day`.`worked_2_until`
          THEN (
            `first_personal_contact day`.`worked_2`
          ) + (
            COALESCE(`leads`.`at_first_personal_contact`, 1806526800L)
          )
          ELSE `first_personal_contact day`.`worked_3`
        END
      ) - (
        CASE
          WHEN `leads`.`at_handed_off` <= `handed_off day`.`worked_1_until`
          THEN `handed_off day`.`worked_1`
          WHEN `leads`.`at_handed_off` <= `handed_off day`.`worked_2_until`
          THEN (
            `handed_off day`.`worked_2`
          ) + (
            `leads`.`at_handed_off`
          )
          ELSE `handed_off day`.`worked_3`
        END
      ) < 1728000
      THEN (
        (
          CASE
            WHEN COALESCE(`leads`.`at_first_personal_contact`, 1806526800L) <= `first_personal_contact day`.`worked_1_until`
            THEN `first_personal_contact day`.`worked_1`
            WHEN COALESCE(`leads`.`at_first_personal_contact`, 1806526800L) <= `first_personal_contact day`.`worked_2_until`
            THEN (
              `first_personal_contact day`.`worked_2`
            ) + (
              COALESCE(`leads`.`at_first_personal_contact`, 1806526800L)
            )
            ELSE `first_personal_contact day`.`worked_3`
          END
        ) - (
          CASE
            WHEN `leads`.`at_handed_off` <= `handed_off day`.`worked_1_until`
            THEN `handed_off day`.`worked_1`
            WHEN `leads`.`at_handed_off` <= `handed_off day`.`worked_2_until`
            THEN (
              `handed_off day`.`worked_2`
            ) + (
              `leads`.`at_handed_off`
            )
            ELSE `handed_off day`.`worked_3`
          END
        )
      ) DIV 3600 * 3600
      ELSE (
        (
          CASE
            WHEN COALESCE(`leads`.`at_first_personal_contact`, 1806526800L) <= `first_personal_contact day`.`worked_1_until`
            THEN `first_personal_contact day`.`worked_1`
            WHEN COALESCE(`leads`.`at_first_personal_contact`, 1806526800L) <= `first_personal_contact day`.`worked_2_until`
            THEN (
              `first_personal_contact day`.`worked_2`
            ) + (
              COALESCE(`leads`.`at_first_personal_contact`, 1806526800L)
            )
            ELSE `first_personal_contact day`.`worked_3`
          END
        ) - (
          CASE
            WHEN `leads`.`at_handed_off` <= `handed_off day`.`worked_1_until`
            THEN `handed_off day`.`worked_1`
            WHEN `leads`.`at_handed_off` <= `handed_off day`.`worked_2_until`
            THEN (
              `handed_off day`.`worked_2`
            ) + (
              `leads`.`at_handed_off`
            )
            ELSE `handed_off day`.`worked_3`
          END
        )
      ) DIV 86400 * 86400
    END
  END AS `key 3`,
  CASE
    WHEN NOT (
      (
        `leads`.`at_first_personal_contact`
      ) - (
        `leads`.`at_handed_off`
      ) IS NULL
    )
    THEN CASE
      WHEN (
        `leads`.`at_first_personal_contact`
      ) - (
        `leads`.`at_handed_off`
      ) <= 0
      THEN 0
      WHEN (
        `leads`.`at_first_personal_contact`
      ) - (
        `leads`.`at_handed_off`
      ) < 7200
      THEN (
        (
          `leads`.`at_first_personal_contact`
        ) - (
          `leads`.`at_handed_off`
        )
      ) DIV 60 * 60
      WHEN (
        `leads`.`at_first_personal_contact`
      ) - (
        `leads`.`at_handed_off`
      ) < 172800
      THEN (
        (
          `leads`.`at_first_personal_contact`
        ) - (
          `leads`.`at_handed_off`
        )
      ) DIV 600 * 600
      WHEN (
        `leads`.`at_first_personal_contact`
      ) - (
        `leads`.`at_handed_off`
      ) < 1728000
      THEN (
        (
          `leads`.`at_first_personal_contact`
        ) - (
          `leads`.`at_handed_off`
        )
      ) DIV 3600 * 3600
      ELSE (
        (
          `leads`.`at_first_personal_contact`
        ) - (
          `leads`.`at_handed_off`
        )
      ) DIV 86400 * 86400
    END
  END AS `key 4`,
  COUNT(*) AS `count`
FROM `leads`
JOIN `working time office` AS `handed_off day`
  ON `handed_off day`.`day` = (
    `leads`.`at_handed_off`
  ) DIV 86400
JOIN `working time office` AS `first_personal_contact day`
  ON `first_personal_contact day`.`day` = (
    COALESCE(`leads`.`at_first_personal_contact`, 1806526800L)
  ) DIV 86400
WHERE
  (
    `leads`.`told_handed_off`
  )
  AND (
    NOT (
      `leads`.`at_handed_off` IS NULL
    )
  )
  AND (
    NOT (
      `leads`.`at_first_personal_contact` IS NULL
    )
  )
GROUP BY
  1,
  2,
  3,
  4
