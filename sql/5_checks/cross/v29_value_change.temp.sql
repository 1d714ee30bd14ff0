-- V29: a printed change is the amount less the base that its growth implies; the excess is part of the amount.
select
    '=' as relation,
    c.lo::decimal(38, 6) as lhs_lo,
    c.hi::decimal(38, 6) as lhs_hi,
    (l.lo::double - l.lo::double / (1 + g.lo::double / 100))::decimal(38, 6) as rhs_lo,
    (l.hi::double - l.hi::double / (1 + g.hi::double / 100))::decimal(38, 6) as rhs_hi,
    l.hi::double as scale,
    [c.figure_id, l.figure_id, g.figure_id] as figure_ids,
    []::varchar[] as blame
from chk_figure as c
join chk_level as l on l.cell = c.cell
join chk_growth as g on g.cell = c.cell
where c.measure = 'value_change' and c.bound = '=' and c.flow <> 'balance' and g.lo > -90 and l.hi > 0
