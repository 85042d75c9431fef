SELECT
  CASE
    WHEN `leads`.`at_became_mql` <= `became_mql day`.`month_1_until`
    THEN `became_mql day`.`month_1`
    ELSE `became_mql day`.`month_2`
  END AS `month`,
  `leads`.`channel` AS `channel`,
  (
    CASE
      WHEN NOT (
        `leads`.`at_became_customer` IS NULL
      )
      THEN CASE
        WHEN `leads`.`at_became_customer` <= `became_customer day`.`local_day_1_until`
        THEN `became_customer day`.`local_day_1`
        ELSE `became_customer day`.`local_day_2`
      END
      ELSE 20908
    END
  ) - (
    CASE
      WHEN `leads`.`at_became_mql` <= `became_mql day`.`local_day_1_until`
      THEN `became_mql day`.`local_day_1`
      ELSE `became_mql day`.`local_day_2`
    END
  ) AS `days`,
  COUNT(*) AS `count`
FROM `leads`
JOIN `working time office` AS `became_customer day`
  ON `became_customer day`.`day` = (
    COALESCE(`leads`.`at_became_customer`, 1806526800L)
  ) DIV 86400
JOIN `working time office` AS `became_mql day`
  ON `became_mql day`.`day` = (
    `leads`.`at_became_mql`
  ) DIV 86400
WHERE
  (
    `leads`.`told_became_mql`
  )
  AND (
    NOT (
      `leads`.`at_became_mql` IS NULL
    )
  )
  AND (
    `leads`.`told_became_customer`
  )
  AND (
    NOT (
      `leads`.`at_became_customer` IS NULL
    )
  )
GROUP BY
  1,
  2,
  3
