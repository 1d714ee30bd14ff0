-- The part of a whole's growth that a part brought, in percentage points and in percent of the growth.
with change as (
    select
        p.*,
        g.g, g.g_lo, g.g_hi, g.g_figure_id, g.g_known_from,
        w.g as w_g, w.g_lo as w_g_lo, w.g_hi as w_g_hi, w.g_figure_id as w_g_figure_id, w.g_known_from as w_g_known_from
    from drv_part as p
    join drv_growth as g on g.figure_id = p.figure_id
    join drv_growth as w on w.figure_id = p.w_figure_id
    where p.measure = 'value'
), moved as (
    select
        *,
        value * g / (1 + g) as d,
        least(lo * g_lo / (1 + g_lo), hi * g_lo / (1 + g_lo)) as d_lo,
        greatest(lo * g_hi / (1 + g_hi), hi * g_hi / (1 + g_hi)) as d_hi,
        w_value / (1 + w_g) as base, w_lo / (1 + w_g_hi) as base_lo, w_hi / (1 + w_g_lo) as base_hi,
        w_value * w_g / (1 + w_g) as w_d,
        least(w_lo * w_g_lo / (1 + w_g_lo), w_hi * w_g_lo / (1 + w_g_lo)) as w_d_lo,
        greatest(w_lo * w_g_hi / (1 + w_g_hi), w_hi * w_g_hi / (1 + w_g_hi)) as w_d_hi,
        [figure_id, g_figure_id, w_figure_id, w_g_figure_id] as inputs,
        greatest(known_from, g_known_from, w_known_from, w_g_known_from) as known
    from change
)
select
    'contribution_of_levels' as rule, reporter, partner, flow, product, enterprise, regime, channel, period,
    'contribution' as measure, 'pp' as unit, counted, whole_cell as of_cell,
    100 * d / base as value, 100 * least(d_lo / base_lo, d_lo / base_hi) as lo,
    100 * greatest(d_hi / base_lo, d_hi / base_hi) as hi, inputs, known as known_from
from moved
union all
select
    'contribution_of_levels', reporter, partner, flow, product, enterprise, regime, channel, period,
    'contribution', 'percent', counted, whole_cell,
    100 * d / w_d,
    100 * least(d_lo / w_d_lo, d_lo / w_d_hi, d_hi / w_d_lo, d_hi / w_d_hi),
    100 * greatest(d_lo / w_d_lo, d_lo / w_d_hi, d_hi / w_d_lo, d_hi / w_d_hi), inputs, known
from moved
where w_d_lo > 0 or w_d_hi < 0
