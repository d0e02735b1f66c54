{{ config(materialized='incremental', incremental_strategy='insert_overwrite', partitioned_by=['day'], format='parquet') }}
select count(*) as orders, sum(amount) as total, max(batch) as batch, day
from {{ ref('stg_orders') }}
{% if is_incremental() %}
where day in (select day from {{ source('raw', 'raw_orders') }} where batch > (select max(batch) from {{ this }}))
{% endif %}
group by day
