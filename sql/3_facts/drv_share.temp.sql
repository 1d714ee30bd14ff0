-- The share of a whole that two levels imply.
select
    'share_of_levels' as rule, reporter, partner, flow, product, enterprise, regime, channel, period, 'share' as measure,
    'percent' as unit, counted, whole_cell as of_cell,
    100 * value / w_value as value, 100 * lo / w_hi as lo, 100 * hi / w_lo as hi,
    [figure_id, w_figure_id] as inputs, greatest(known_from, w_known_from) as known_from
from drv_part
where measure = 'value' and lo <= w_hi
