{{ config(
    materialized='incremental', table_type='iceberg', incremental_strategy='merge', unique_key='order_id',
    on_schema_change='append_new_columns', partitioned_by=['day'], delete_condition='src.amount < 0'
) }}
select order_id, amount, day, batch
{% if var('with_note', false) %}, 'batch ' || cast(batch as varchar) as note{% endif %}
from {{ ref('stg_orders') }}
{% if is_incremental() %}
where batch > (select max(batch) from {{ this }})
{% endif %}
