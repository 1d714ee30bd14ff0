-- The whole that a level and its printed share imply, and the part that a whole and a share imply.
with share as (
    select s.*, s.lo::double / 100 as s_lo, s.hi::double / 100 as s_hi, s.value::double / 100 as s
    from fct_best as s
    where
        s.measure = 'share' and s.known_to is null and s.stance = 'reported' and s.bound = '='
        and s.agreement <> 'conflict' and s.of_cell is not null and s.counted is null and s.lo > 0
)
select
    'whole_from_share' as rule,
    coalesce(s.of_reporter, s.reporter) as reporter, coalesce(s.of_partner, s.partner) as partner,
    coalesce(s.of_flow, s.flow) as flow, coalesce(s.of_product, s.product) as product,
    coalesce(s.of_enterprise, s.enterprise) as enterprise, coalesce(s.of_regime, s.regime) as regime,
    coalesce(s.of_channel, s.channel) as channel, s.period,
    'value' as measure, l.unit, null::varchar as counted, null::varchar as of_cell,
    l.value / s.s as value, l.lo / s.s_hi as lo, l.hi / s.s_lo as hi,
    [l.figure_id, s.figure_id] as inputs, greatest(l.known_from, s.known_from) as known_from
from share as s
join drv_level as l
    on l.reporter = s.reporter and l.partner = s.partner and l.flow = s.flow and l.product = s.product
    and l.enterprise = s.enterprise and l.regime = s.regime and l.channel = s.channel and l.period = s.period
where l.measure = 'value' and l.lo > 0 and s.of_period is null and (s.growth_currency is null or s.growth_currency = l.unit)
union all
select
    'part_from_share', s.reporter, s.partner, s.flow, s.product, s.enterprise, s.regime, s.channel, s.period,
    'value', w.unit, null, null, w.value * s.s, w.lo * s.s_lo, w.hi * s.s_hi,
    [w.figure_id, s.figure_id], greatest(w.known_from, s.known_from)
from share as s
join drv_level as w
    on w.reporter = coalesce(s.of_reporter, s.reporter) and w.partner = coalesce(s.of_partner, s.partner)
    and w.flow = coalesce(s.of_flow, s.flow) and w.product = coalesce(s.of_product, s.product)
    and w.enterprise = coalesce(s.of_enterprise, s.enterprise) and w.regime = coalesce(s.of_regime, s.regime)
    and w.channel = coalesce(s.of_channel, s.channel) and w.period = s.period
anti join drv_level as l
    on l.reporter = s.reporter and l.partner = s.partner and l.flow = s.flow and l.product = s.product
    and l.enterprise = s.enterprise and l.regime = s.regime and l.channel = s.channel and l.period = s.period
    and l.measure = 'value' and l.unit = w.unit
where w.measure = 'value' and w.lo > 0 and s.of_period is null and (s.growth_currency is null or s.growth_currency = w.unit)
