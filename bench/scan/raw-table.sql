CREATE EXTERNAL TABLE raw_lines (
    transaction_id string,
    `timestamp` string,
    customer_id string,
    product string,
    category string,
    quantity string,
    unit_price string,
    payment_method string,
    region string,
    store_id string
)
ROW FORMAT SERDE 'org.openx.data.jsonserde.JsonSerDe'
WITH SERDEPROPERTIES ('ignore.malformed.json' = 'true')
LOCATION '${raw}'
