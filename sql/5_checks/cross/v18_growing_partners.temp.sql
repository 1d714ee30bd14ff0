-- V18: no more trading partners grow than there are.
select
    '<=' as relation,
    g.lo::decimal(38, 6) as lhs_lo,
    g.hi::decimal(38, 6) as lhs_hi,
    a.lo::decimal(38, 6) as rhs_lo,
    a.hi::decimal(38, 6) as rhs_hi,
    1::double as scale,
    [g.figure_id, a.figure_id] as figure_ids,
    [g.figure_id] as blame
from chk_figure as g
join chk_figure as a on a.article_id = g.article_id and a.reporter = g.reporter and a.period = g.period
    and a.flow = g.flow and a.product = g.product and a.enterprise = g.enterprise and a.regime = g.regime
    and a.channel = g.channel
where g.measure = 'count' and g.counted = 'trading partners with growth'
    and a.measure = 'count' and a.counted = 'trading partners'
