-- How did China's trade run month by month: reported, or the difference of two year-to-dates?
select period, flow, how, value / 1e9 as billion_yuan, lo / 1e9 as lo, hi / 1e9 as hi
from mart_month
where
    reporter = 'China' and partner = 'World' and product = 'all' and enterprise = 'all' and regime = 'all' and channel = 'all'
    and currency = 'CNY'
order by period, flow
