-- V52: all provinces together are not larger than China for the same cell.
with total as (
    select
        hash('China', partner, flow, product, enterprise, regime, channel, period, unit) as whole,
        sum(lo) as lo,
        sum(hi) as hi,
        flatten(list(figure_ids[:1] order by lo desc, reporter)) as figure_ids
    from chk_best
    where reporter_parent = 'China' and reporter_kind in ('province', 'municipality', 'autonomous region')
    group by partner, flow, product, enterprise, regime, channel, period, unit
    having count(*) > 1
)
select
    '<=' as relation,
    t.lo::decimal(38, 6) as lhs_lo,
    t.hi::decimal(38, 6) as lhs_hi,
    w.lo::decimal(38, 6) as rhs_lo,
    w.hi::decimal(38, 6) as rhs_hi,
    w.hi::double as scale,
    t.figure_ids[:40] || w.figure_ids[:3] as figure_ids,
    t.figure_ids as blame
from total as t
join chk_best as w on w.cell_anywhere = t.whole
where w.hi > 0
