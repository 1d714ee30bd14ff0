-- V24: balance = exports - imports, within the printed half-widths; the excess counts in their sum.
with side as (
    select
        *,
        hash(article_id, reporter, partner, product, enterprise, regime, channel, period, unit) as whole
    from chk_level
)
select
    '=' as relation,
    b.lo::decimal(38, 6) as lhs_lo,
    b.hi::decimal(38, 6) as lhs_hi,
    (x.lo - m.hi)::decimal(38, 6) as rhs_lo,
    (x.hi - m.lo)::decimal(38, 6) as rhs_hi,
    ((b.hi - b.lo + x.hi - x.lo + m.hi - m.lo) / 2)::double as scale,
    [b.figure_id, x.figure_id, m.figure_id] as figure_ids,
    [b.figure_id] as blame
from side as b
join side as x on x.whole = b.whole and x.flow = 'exports'
join side as m on m.whole = b.whole and m.flow = 'imports'
where b.flow = 'balance'
-- where an article has several amounts for one side (adjusted for the season and not), those that fit best count
qualify row_number() over (
    partition by b.figure_id
    order by greatest(b.lo - x.hi + m.lo, x.lo - m.hi - b.hi, 0), x.figure_id, m.figure_id
) = 1
