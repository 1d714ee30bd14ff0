-- Which sentence stands behind Chongqing's total of 2025, and where is it?
select value / 1e9 as billion, unit, printed, quote, source_url, n_releases, figure_id
from trade
where reporter = 'Chongqing' and flow = 'trade' and period = '2025-01/2025-12' and measure = 'value'
order by unit
