-- V51: a province's amount is not larger than China's for the same cell.
select
    '<=' as relation,
    p.lo::decimal(38, 6) as lhs_lo,
    p.hi::decimal(38, 6) as lhs_hi,
    w.lo::decimal(38, 6) as rhs_lo,
    w.hi::decimal(38, 6) as rhs_hi,
    w.hi::double as scale,
    p.figure_ids[:3] || w.figure_ids[:3] as figure_ids,
    p.figure_ids as blame
from chk_best as p
join chk_best as w on w.cell_anywhere = hash(
    'China', p.partner, p.flow, p.product, p.enterprise, p.regime, p.channel, p.period, p.unit
)
where p.reporter_parent = 'China' and p.reporter_kind in ('province', 'municipality', 'autonomous region') and w.hi > 0
