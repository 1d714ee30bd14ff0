-- The one of exports, imports and trade, and the balance, that two others imply.
with wide as (
    select
        line, period, any_value(reporter) as reporter, any_value(partner) as partner, any_value(product) as product,
        any_value(enterprise) as enterprise, any_value(regime) as regime, any_value(channel) as channel,
        any_value(measure) as measure, any_value(unit) as unit, any_value(counted) as counted,
        any_value({v: value, lo: lo, hi: hi, f: figure_id, d: known_from}) filter (where flow = 'exports') as x,
        any_value({v: value, lo: lo, hi: hi, f: figure_id, d: known_from}) filter (where flow = 'imports') as m,
        any_value({v: value, lo: lo, hi: hi, f: figure_id, d: known_from}) filter (where flow = 'trade') as t,
        any_value({v: value, lo: lo, hi: hi, f: figure_id, d: known_from}) filter (where flow = 'balance') as b
    from drv_level
    where measure in ('value', 'quantity')
    group by line, period
    having count(*) > 1
), implied as (
    select *, 'exports' as flow, t.v - m.v as value, t.lo - m.hi as lo, t.hi - m.lo as hi, [t.f, m.f] as inputs,
        greatest(t.d, m.d) as known_from
    from wide
    where x is null and t is not null and m is not null
    union all
    select *, 'imports', t.v - x.v, t.lo - x.hi, t.hi - x.lo, [t.f, x.f], greatest(t.d, x.d)
    from wide
    where m is null and t is not null and x is not null
    union all
    select *, 'trade', x.v + m.v, x.lo + m.lo, x.hi + m.hi, [x.f, m.f], greatest(x.d, m.d)
    from wide
    where t is null and x is not null and m is not null
    union all
    select *, 'balance', x.v - m.v, x.lo - m.hi, x.hi - m.lo, [x.f, m.f], greatest(x.d, m.d)
    from wide
    where b is null and x is not null and m is not null and measure = 'value'
    union all
    select *, 'balance', 2 * x.v - t.v, 2 * x.lo - t.hi, 2 * x.hi - t.lo, [x.f, t.f], greatest(x.d, t.d)
    from wide
    where b is null and x is not null and m is null and t is not null and measure = 'value'
    union all
    select *, 'balance', t.v - 2 * m.v, t.lo - 2 * m.hi, t.hi - 2 * m.lo, [t.f, m.f], greatest(t.d, m.d)
    from wide
    where b is null and x is null and m is not null and t is not null and measure = 'value'
)
select
    'missing_flow' as rule, reporter, partner, flow, product, enterprise, regime, channel, period, measure, unit, counted,
    null::varchar as of_cell, value, lo, hi, inputs, known_from
from implied
where hi >= 0 or flow = 'balance'
