-- The days of one model sum up to those of the other.
select a.total, b.total
from (select sum(total) as total from {{ ref('daily_sales') }}) a,
     (select sum(total) as total from {{ ref('days_overwritten') }}) b
where a.total <> b.total
