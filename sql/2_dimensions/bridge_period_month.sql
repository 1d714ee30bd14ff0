-- One month of one span of whole months.
select
    p.period,  -- The span.
    strftime(m.month, '%Y-%m')::varchar as month  -- A month in it, YYYY-MM.
from dim_period as p, generate_series(p.first_day::timestamp, p.last_day::timestamp, interval 1 month) as m (month)
where p.months is not null
order by all
