-- Which partner brought how much of Chongqing's growth in 2025, in percentage points and percent, where only levels and growth are printed?
select partner, unit, round(value, 2) as contribution, round(lo, 2) as lo, round(hi, 2) as hi
from fct_derived
where
    rule = 'contribution_of_levels' and of_cell = '{"partner":"World"}' and reporter = 'Chongqing' and flow = 'trade'
    and period = '2025-01/2025-12' and product = 'all' and enterprise = 'all' and regime = 'all' and channel = 'all'
order by unit, value desc
