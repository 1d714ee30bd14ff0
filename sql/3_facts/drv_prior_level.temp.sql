-- The level a year before that a level and its growth imply: on the new basis, so a trace of revisions.
select
    'prior_level' as rule, reporter, partner, flow, product, enterprise, regime, channel, year_before as period, measure,
    unit, counted, null::varchar as of_cell,
    value / (1 + g) as value,
    lo / (1 + g_hi) as lo,
    hi / (1 + g_lo) as hi,
    [figure_id, g_figure_id] as inputs,
    greatest(known_from, g_known_from) as known_from
from drv_growth
where year_before is not null
