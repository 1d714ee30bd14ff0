-- What were Chongqing's exports, imports and total in each year, in billion yuan, and how did they grow?
select year, flow, value_cny / 1e9 as billion_yuan, yoy_cny, agreement
from mart_annual
where
    reporter = 'Chongqing' and partner = 'World' and product = 'all' and enterprise = 'all' and regime = 'all' and channel = 'all'
order by year, flow
