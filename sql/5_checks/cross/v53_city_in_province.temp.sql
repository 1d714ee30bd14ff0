-- V53: a city's amount, and all cities' together, are not larger than their province's for the same cell.
with city as (
    select
        *,
        hash(reporter_parent, partner, flow, product, enterprise, regime, channel, period, unit) as whole
    from chk_best
    where reporter_kind = 'city'
),
part as (
    select whole, lo, hi, figure_ids from city
    union all
    select whole, sum(lo), sum(hi), flatten(list(figure_ids[:1] order by lo desc, reporter))
    from city
    group by whole
    having count(*) > 1
)
select
    '<=' as relation,
    p.lo::decimal(38, 6) as lhs_lo,
    p.hi::decimal(38, 6) as lhs_hi,
    w.lo::decimal(38, 6) as rhs_lo,
    w.hi::decimal(38, 6) as rhs_hi,
    w.hi::double as scale,
    p.figure_ids[:40] || w.figure_ids[:3] as figure_ids,
    p.figure_ids as blame
from part as p
join chk_best as w on w.cell_anywhere = p.whole
where w.hi > 0
