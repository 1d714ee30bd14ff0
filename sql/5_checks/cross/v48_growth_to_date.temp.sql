-- V48: cumulative growth lies between the growth to the month before and the growth of the month (percentage points).
select
    '=' as relation,
    n.lo::decimal(38, 6) as lhs_lo,
    n.hi::decimal(38, 6) as lhs_hi,
    least(b.lo, m.lo)::decimal(38, 6) as rhs_lo,
    greatest(b.hi, m.hi)::decimal(38, 6) as rhs_hi,
    1::double as scale,
    n.figure_ids[:3] || b.figure_ids[:3] || m.figure_ids[:3] as figure_ids,
    []::varchar[] as blame
from chk_trend as n
join chk_trend as b on b.series = n.series and b.from_january and b.year = n.year and b.month_to = n.month_to - 1
join chk_trend as m on m.series = n.series and m.months = 1 and m.year = n.year and m.month_to = n.month_to
where n.from_january and n.months > 1
