-- V30: growth on the month or quarter before is that of the two amounts (percentage points).
select
    '=' as relation,
    f.lo::decimal(38, 6) as lhs_lo,
    f.hi::decimal(38, 6) as lhs_hi,
    (100 * (n.lo::double / b.hi - 1))::decimal(38, 6) as rhs_lo,
    (100 * (n.hi::double / b.lo - 1))::decimal(38, 6) as rhs_hi,
    1::double as scale,
    [f.figure_id] || n.figure_ids[:3] || b.figure_ids[:3] as figure_ids,
    []::varchar[] as blame
from chk_figure as f
join chk_best as n on n.cell_anywhere = f.cell_anywhere
join chk_best as b on b.series = n.series and b.months = n.months and b.last_day = n.first_day - 1
where f.measure = 'value_pop' and f.bound = '=' and b.lo > 0
