-- What was known of Chongqing's total trade of 2025 at the end of January 2026?
select period, measure, value, unit, agreement, n_releases, known_from
from obs_as_of(date '2026-01-31')
where
    reporter = 'Chongqing' and flow = 'trade' and partner = 'World' and product = 'all' and enterprise = 'all' and regime = 'all'
    and channel = 'all' and period = '2025-01/2025-12' and of_cell is null
order by measure, unit
