-- What share of Chongqing's trade in 2025 had each partner, computed from levels with its bounds?
select partner, round(value, 2) as percent, round(lo, 3) as lo, round(hi, 3) as hi
from fct_derived
where
    rule = 'share_of_levels' and of_cell = '{"partner":"World"}' and reporter = 'Chongqing' and flow = 'trade'
    and period = '2025-01/2025-12' and product = 'all' and enterprise = 'all' and regime = 'all' and channel = 'all' and unit = 'percent'
order by value desc
