{{ config(materialized='incremental', incremental_strategy='append', format='orc') }}
select order_id, amount, batch
from {{ source('raw', 'raw_orders') }}
{% if is_incremental() %}
where batch > (select max(batch) from {{ this }})
{% endif %}
