-- V46: all quarters, or both halves, of a year make the year (part of the year).
with part as (
    select series, year, kind, sum(lo) as lo, sum(hi) as hi, flatten(list(figure_ids[:2] order by month_to)) as figure_ids
    from chk_best
    where kind in ('quarter', 'half')
    group by series, year, kind
    having count(*) = case kind when 'quarter' then 4 else 2 end
)
select
    '=' as relation,
    p.lo::decimal(38, 6) as lhs_lo,
    p.hi::decimal(38, 6) as lhs_hi,
    y.lo::decimal(38, 6) as rhs_lo,
    y.hi::decimal(38, 6) as rhs_hi,
    y.hi::double as scale,
    p.figure_ids || y.figure_ids[:3] as figure_ids,
    p.figure_ids as blame
from part as p
join chk_best as y on y.series = p.series and y.year = p.year and y.kind = 'year'
where y.hi > 0
