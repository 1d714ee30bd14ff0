-- V33: a part is not larger than its whole, along partner, product, enterprise, regime, mode of transport or flow. A
-- gate or corridor is no part: what passes a port is not what its city trades.
with part as (
    select * from chk_level where flow <> 'balance' and product not in ('services', 'goods and services')
        and regime <> 'trade in services'
),
up as (
    select figure_id, lo, hi, partner <> 'World' as narrower,
        hash(article_id, reporter, 'World', flow, product, enterprise, regime, channel, period, unit) as whole
    from part
    union all
    select figure_id, lo, hi, product <> 'all',
        hash(article_id, reporter, partner, flow, 'all', enterprise, regime, channel, period, unit)
    from part
    union all
    select figure_id, lo, hi, enterprise <> 'all',
        hash(article_id, reporter, partner, flow, product, 'all', regime, channel, period, unit)
    from part
    union all
    select figure_id, lo, hi, regime <> 'all' and regime not in (select regime from dim_regime where parent = 'border trade'),
        hash(article_id, reporter, partner, flow, product, enterprise, 'all', channel, period, unit)
    from part
    union all
    select figure_id, lo, hi, channel in (select channel from dim_channel where kind = 'mode'),
        hash(article_id, reporter, partner, flow, product, enterprise, regime, 'all', period, unit)
    from part
    union all
    select figure_id, lo, hi, flow in ('exports', 'imports'),
        hash(article_id, reporter, partner, 'trade', product, enterprise, regime, channel, period, unit)
    from part
)
select
    '<=' as relation,
    u.lo::decimal(38, 6) as lhs_lo,
    u.hi::decimal(38, 6) as lhs_hi,
    w.lo::decimal(38, 6) as rhs_lo,
    w.hi::decimal(38, 6) as rhs_hi,
    w.hi::double as scale,
    [u.figure_id, w.figure_id] as figure_ids,
    [u.figure_id] as blame
from up as u
join chk_level as w on w.cell = u.whole
where u.narrower and w.hi > 0
