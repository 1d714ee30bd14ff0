-- V40: a share rises just where its part grows faster than its whole (percentage points).
select
    '=' as relation,
    (p.lo - w.hi)::decimal(38, 6) as lhs_lo,
    (p.hi - w.lo)::decimal(38, 6) as lhs_hi,
    case when c.value > 0 then 0 else -1000000 end::decimal(38, 6) as rhs_lo,
    case when c.value > 0 then 1000000 else 0 end::decimal(38, 6) as rhs_hi,
    1::double as scale,
    [c.figure_id, p.figure_id, w.figure_id] as figure_ids,
    []::varchar[] as blame
from chk_figure as c
join chk_growth as p on p.cell = c.cell
join chk_growth as w on w.cell = hash(
    c.article_id, coalesce(c.of_reporter, c.reporter), coalesce(c.of_partner, c.partner), coalesce(c.of_flow, c.flow),
    coalesce(c.of_product, c.product), coalesce(c.of_enterprise, c.enterprise), coalesce(c.of_regime, c.regime),
    coalesce(c.of_channel, c.channel), coalesce(c.of_period, c.period), c.unit
)
where c.measure = 'share_change' and c.of_cell is not null and c.counted is null and c.value <> 0
