-- V45: a month is the difference of two cumulative amounts (part of the month).
select
    '=' as relation,
    m.lo::decimal(38, 6) as lhs_lo,
    m.hi::decimal(38, 6) as lhs_hi,
    (n.lo - b.hi)::decimal(38, 6) as rhs_lo,
    (n.hi - b.lo)::decimal(38, 6) as rhs_hi,
    m.hi::double as scale,
    m.figure_ids[:3] || n.figure_ids[:3] || b.figure_ids[:3] as figure_ids,
    m.figure_ids as blame
from chk_best as m
join chk_best as n on n.series = m.series and n.from_january and n.year = m.year and n.month_to = m.month_to
    and n.months > 1
join chk_best as b on b.series = m.series and b.from_january and b.year = m.year and b.month_to = m.month_to - 1
where m.months = 1 and m.hi > 0
