-- Which provinces traded most in 2025?
select rank() over (order by value_cny desc) as place, reporter, value_cny / 1e9 as billion_yuan, yoy_cny, bound
from mart_annual
where
    reporter_kind in ('province', 'municipality', 'autonomous region') and year = 2025 and flow = 'trade'
    and partner = 'World' and product = 'all' and enterprise = 'all' and regime = 'all' and channel = 'all'
    and value_cny is not null
order by place
