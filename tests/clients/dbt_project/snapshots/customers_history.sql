{% snapshot customers_history %}
{{ config(
    unique_key='customer_id', strategy='check', check_cols=['city'], table_type='iceberg', hard_deletes='invalidate',
    schema=none
) }}
select customer_id, name, city from {{ source('raw', 'raw_customers') }}
{% endsnapshot %}
