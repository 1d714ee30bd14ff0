-- V27: the base that an amount and its growth imply is the amount published a year before. It often is not: customs
-- revises. That is worth knowing and never a fault.
select
    '=' as relation,
    (l.lo::double / (1 + g.hi::double / 100))::decimal(38, 6) as lhs_lo,
    (l.hi::double / (1 + g.lo::double / 100))::decimal(38, 6) as lhs_hi,
    b.lo::decimal(38, 6) as rhs_lo,
    b.hi::decimal(38, 6) as rhs_hi,
    b.hi::double as scale,
    [l.figure_id, g.figure_id] || b.figure_ids[:3] as figure_ids,
    []::varchar[] as blame
from chk_level as l
join chk_growth as g on g.cell = l.cell
join chk_best as b on b.cell_anywhere = hash(
    l.reporter, l.partner, l.flow, l.product, l.enterprise, l.regime, l.channel, l.year_before, l.unit
)
where g.lo > -90 and b.hi > 0
