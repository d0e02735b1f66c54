/*
title: Products bought together
question: Which two products are bought by the same customer on the same day more often than chance would have it?
parameters:
  least: { type: integer, description: Baskets that must hold both, default: 2 }
columns:
  product: varchar
  other_product: varchar
  baskets: bigint
  confidence_percent: double
  lift: double
chart: { kind: bar, x: product, y: lift }
*/
WITH baskets AS (
    -- There is no order id: a basket is what a customer buys on a day.
    SELECT array_sort(array_agg(DISTINCT product)) AS products
    FROM sales
    GROUP BY customer_id, year, month, day
),
counted AS (
    -- Each basket counts once, as [], for each of its products and for each pair: one scan instead of a self-join's.
    SELECT itemset, count(*) AS baskets
    FROM baskets
    CROSS JOIN UNNEST(combinations(products, 0) || combinations(products, 1) || combinations(products, 2)) AS counted_as (itemset)
    GROUP BY itemset
),
lookup AS (
    SELECT map_agg(itemset, baskets) AS baskets_of
    FROM counted
),
pairs AS (
    SELECT
        itemset[1] AS product,
        itemset[2] AS other_product,
        baskets,
        baskets_of[ARRAY[itemset[1]]] AS of_product,
        baskets_of[ARRAY[itemset[2]]] AS of_other,
        baskets_of[CAST(ARRAY[] AS array(varchar))] AS of_all
    FROM lookup
    CROSS JOIN UNNEST(baskets_of) AS each_of (itemset, baskets)
    WHERE cardinality(itemset) = 2
)
SELECT
    product,
    other_product,
    baskets,
    round(100.0 * CAST(baskets AS double) / CAST(of_product AS double), 2) AS confidence_percent,
    round(CAST(baskets * of_all AS double) / CAST(of_product * of_other AS double), 2) AS lift
FROM pairs
WHERE baskets >= :least
ORDER BY baskets DESC, lift DESC, product, other_product
LIMIT 20
