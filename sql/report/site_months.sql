-- Single months of whole trade: reported, or the difference of two year-to-dates.
select reporter, flow, period, currency, value, lo, hi, how, yoy_cny, yoy_usd, figure_ids
from mart_month
where
    partner = 'World' and product = 'all' and enterprise = 'all' and regime = 'all' and channel = 'all' and value is not null
order by reporter, flow, period
