-- V23: exports + imports = trade, within the printed half-widths; the excess counts in their sum.
with side as (
    select
        *,
        hash(article_id, reporter, partner, product, enterprise, regime, channel, period, unit) as whole
    from chk_level
)
select
    '=' as relation,
    t.lo::decimal(38, 6) as lhs_lo,
    t.hi::decimal(38, 6) as lhs_hi,
    (x.lo + m.lo)::decimal(38, 6) as rhs_lo,
    (x.hi + m.hi)::decimal(38, 6) as rhs_hi,
    ((t.hi - t.lo + x.hi - x.lo + m.hi - m.lo) / 2)::double as scale,
    [t.figure_id, x.figure_id, m.figure_id] as figure_ids,
    -- where a balance bears out exports and imports, the total stands alone
    case
        when x.lo - m.hi <= b.hi and b.lo <= x.hi - m.lo then [t.figure_id]
        else [t.figure_id, x.figure_id, m.figure_id]
    end as blame
from side as t
join side as x on x.whole = t.whole and x.flow = 'exports'
join side as m on m.whole = t.whole and m.flow = 'imports'
left join side as b on b.whole = t.whole and b.flow = 'balance'
where t.flow = 'trade'
-- where an article has several amounts for one side, those that fit best count
qualify row_number() over (
    partition by t.figure_id
    order by greatest(t.lo - x.hi - m.hi, x.lo + m.lo - t.hi, 0), x.figure_id, m.figure_id, b.figure_id
) = 1
