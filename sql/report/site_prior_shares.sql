-- Shares a year before, from the levels that this year's growth implies; the shape of site_known.
with whole as (
    select reporter, flow, period, unit, value, lo, hi, inputs
    from fct_derived
    where
        rule = 'prior_level' and measure = 'value' and partner = 'World' and product = 'all' and enterprise = 'all'
        and regime = 'all' and channel = 'all'
    qualify row_number() over (partition by reporter, flow, period, unit order by hi - lo, derived_id) = 1
), part as (
    select
        *,
        case
            when partner <> 'World' and product = 'all' and enterprise = 'all' and regime = 'all' then '{"partner":"World"}'
            when partner = 'World' and product <> 'all' and enterprise = 'all' and regime = 'all' then '{"product":"all"}'
            when partner = 'World' and product = 'all' and enterprise <> 'all' and regime = 'all' then '{"enterprise":"all"}'
            when partner = 'World' and product = 'all' and enterprise = 'all' and regime <> 'all' then '{"regime":"all"}'
        end as whole_cell
    from fct_derived
    where rule = 'prior_level' and measure = 'value' and channel = 'all'
)
select
    p.reporter, p.partner, p.flow, p.product, p.enterprise, p.regime, p.channel, p.period, 'share' as measure, 'percent' as unit,
    null::varchar as growth_currency, p.whole_cell as of_cell, null::varchar as counted, null::varchar as rank_by,
    (100 * p.value / w.value)::decimal(24, 6) as value, (100 * p.lo / w.hi)::decimal(24, 6) as lo,
    (100 * p.hi / w.lo)::decimal(24, 6) as hi, '=' as bound, null::decimal(24, 6) as step, 'derived' as agreement,
    0 as n_releases, p.inputs[1] as figure_id, null::varchar as article_id, p.derived_id as cell_id, 'reported' as stance,
    'share_of_prior_levels' as rule, list_concat(p.inputs, w.inputs) as inputs
from part as p
join whole as w on w.reporter = p.reporter and w.flow = p.flow and w.period = p.period and w.unit = p.unit
where p.whole_cell is not null and w.lo > 0
order by p.reporter, p.flow, p.period, p.partner, p.product, p.derived_id
