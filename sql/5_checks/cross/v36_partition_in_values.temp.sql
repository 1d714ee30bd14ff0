-- V36: the amounts of all classes of firms make 98.5 to 100.2 percent of the whole.
with total as (
    select whole, sum(lo) as lo, sum(hi) as hi, list(figure_id order by start, figure_id) as figure_ids
    from chk_part
    where form = 'value' and axis = 'enterprise'
        and member in ('private', 'foreign-invested', 'state-owned', 'other enterprises')
    group by whole
    having count(*) filter (member not like 'other%') = 3
)
select
    '=' as relation,
    (100 * t.lo::double / w.hi)::decimal(38, 6) as lhs_lo,
    (100 * t.hi::double / w.lo)::decimal(38, 6) as lhs_hi,
    98.5::decimal(38, 6) as rhs_lo,
    100.2::decimal(38, 6) as rhs_hi,
    1::double as scale,
    t.figure_ids || [w.figure_id] as figure_ids,
    []::varchar[] as blame
from total as t
join chk_level as w on w.cell = t.whole
where w.lo > 0
