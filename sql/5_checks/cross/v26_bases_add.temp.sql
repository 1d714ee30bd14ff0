-- V26: the bases that amounts and growths imply add up: exports and imports of the year before make its trade.
with base as (
    select
        l.article_id,
        l.flow,
        hash(l.article_id, l.reporter, l.partner, l.product, l.enterprise, l.regime, l.channel, l.period, l.unit) as whole,
        l.lo::double / (1 + g.hi::double / 100) as lo,
        l.hi::double / (1 + g.lo::double / 100) as hi,
        [l.figure_id, g.figure_id] as figure_ids
    from chk_level as l
    join chk_growth as g on g.cell = l.cell
    where g.lo > -90 and l.lo >= 0
)
select
    '=' as relation,
    t.lo::decimal(38, 6) as lhs_lo,
    t.hi::decimal(38, 6) as lhs_hi,
    (x.lo + m.lo)::decimal(38, 6) as rhs_lo,
    (x.hi + m.hi)::decimal(38, 6) as rhs_hi,
    t.hi as scale,
    t.figure_ids || x.figure_ids || m.figure_ids as figure_ids,
    []::varchar[] as blame
from base as t
join base as x on x.whole = t.whole and x.flow = 'exports'
join base as m on m.whole = t.whole and m.flow = 'imports'
where t.flow = 'trade' and t.hi > 0
