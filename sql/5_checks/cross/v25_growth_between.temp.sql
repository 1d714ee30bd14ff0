-- V25: the growth of trade lies between the growths of exports and imports (percentage points).
with side as (
    select *, hash(article_id, reporter, partner, product, enterprise, regime, channel, period, unit) as whole
    from chk_growth
)
select
    '=' as relation,
    t.lo::decimal(38, 6) as lhs_lo,
    t.hi::decimal(38, 6) as lhs_hi,
    least(x.lo, m.lo)::decimal(38, 6) as rhs_lo,
    greatest(x.hi, m.hi)::decimal(38, 6) as rhs_hi,
    1::double as scale,
    [t.figure_id, x.figure_id, m.figure_id] as figure_ids,
    [t.figure_id, x.figure_id, m.figure_id] as blame
from side as t
join side as x on x.whole = t.whole and x.flow = 'exports'
join side as m on m.whole = t.whole and m.flow = 'imports'
where t.flow = 'trade'
-- where an article has several growths for one side, those that fit best count
qualify row_number() over (
    partition by t.figure_id
    order by greatest(t.lo - greatest(x.hi, m.hi), least(x.lo, m.lo) - t.hi, 0), x.figure_id, m.figure_id
) = 1
