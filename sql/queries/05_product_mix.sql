-- What does Chongqing export (products overlap: read the shares, do not add them)?
select product, value_cny / 1e9 as billion_yuan, yoy_cny, round(share_of_total, 2) as percent_of_exports, share_how
from mart_annual
where
    reporter = 'Chongqing' and flow = 'exports' and partner = 'World' and product <> 'all' and year = 2025
    and enterprise = 'all' and regime = 'all' and channel = 'all'
order by value_cny desc nulls last, product
