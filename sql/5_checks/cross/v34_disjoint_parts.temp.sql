-- V34: disjoint parts together are not larger than their whole.
with total as (
    select whole, axis, sum(lo) as lo, sum(hi) as hi, list(figure_id order by start, figure_id) as figure_ids
    from chk_part
    where form = 'value'
    group by whole, axis
    having count(*) > 1
)
select
    '<=' as relation,
    t.lo::decimal(38, 6) as lhs_lo,
    t.hi::decimal(38, 6) as lhs_hi,
    w.lo::decimal(38, 6) as rhs_lo,
    w.hi::decimal(38, 6) as rhs_hi,
    w.hi::double as scale,
    t.figure_ids || [w.figure_id] as figure_ids,
    t.figure_ids as blame
from total as t
join chk_level as w on w.cell = t.whole
where w.hi > 0
