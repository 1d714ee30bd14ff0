-- What is the latest year-to-date total of every reporter?
select reporter, period, value / 1e9 as billion, currency, yoy
from mart_ytd
where
    flow = 'trade' and partner = 'World' and product = 'all' and enterprise = 'all' and regime = 'all' and channel = 'all'
    and value is not null
qualify row_number() over (partition by reporter order by period desc) = 1
order by period desc, value desc
limit 12
