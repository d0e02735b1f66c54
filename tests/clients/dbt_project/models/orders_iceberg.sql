{{ config(materialized='table', table_type='iceberg', partitioned_by=['bucket(order_id, 2)'], table_properties={'optimize_rewrite_delete_file_threshold': '2'}) }}
select order_id, cast(ordered_at as timestamp(6)) as ordered_at, amount from {{ ref('stg_orders') }}
