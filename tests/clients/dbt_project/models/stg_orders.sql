{{ config(materialized='view') }}
select order_id, customer_id, country, amount, ordered_at, day, batch
from (
    select *, row_number() over (partition by order_id order by batch desc) as version
    from {{ source('raw', 'raw_orders') }}
)
where version = 1
