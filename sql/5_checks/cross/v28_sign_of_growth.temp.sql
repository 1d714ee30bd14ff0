-- V28: an amount moved on its year before the way its growth says, where that is more than 4 percent.
select
    '=' as relation,
    (100 * (l.lo::double / b.hi - 1))::decimal(38, 6) as lhs_lo,
    (100 * (l.hi::double / b.lo - 1))::decimal(38, 6) as lhs_hi,
    case when g.value > 0 then 0 else -100 end::decimal(38, 6) as rhs_lo,
    case when g.value > 0 then 1000000 else 0 end::decimal(38, 6) as rhs_hi,
    1::double as scale,
    [l.figure_id, g.figure_id] || b.figure_ids[:3] as figure_ids,
    [g.figure_id] as blame
from chk_level as l
join chk_growth as g on g.cell = l.cell
join chk_best as b on b.cell_anywhere = hash(
    l.reporter, l.partner, l.flow, l.product, l.enterprise, l.regime, l.channel, l.year_before, l.unit
)
where abs(g.value) > 4 and b.lo > 0 and l.lo >= 0 and l.hi::double / b.lo < 1e12
