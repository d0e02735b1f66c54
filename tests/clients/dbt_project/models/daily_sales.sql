{{ config(materialized='table', format='parquet', partitioned_by=['day'], write_compression='snappy') }}
select
    c.name as country,
    count(*) as orders,
    sum(o.amount) as total,
    cast(sum(o.amount) * c.rate as decimal(18, 2)) as total_local,
    o.day
from {{ ref('stg_orders') }} o
join {{ ref('countries') }} c on o.country = c.code
group by c.name, c.rate, o.day
