-- V57: a group's amount does not jump by more than 40 percent on its year before while its printed growth is below 15:
-- else the group changed its members (percent).
select
    '<=' as relation,
    (100 * (l.lo::double / b.hi - 1))::decimal(38, 6) as lhs_lo,
    (100 * (l.hi::double / b.lo - 1))::decimal(38, 6) as lhs_hi,
    -100::decimal(38, 6) as rhs_lo,
    40::decimal(38, 6) as rhs_hi,
    1::double as scale,
    [l.figure_id, g.figure_id] || b.figure_ids[:3] as figure_ids,
    []::varchar[] as blame
from chk_level as l
join chk_growth as g on g.cell = l.cell
join dim_area as a on a.area = l.partner
join chk_best as b on b.cell_anywhere = hash(
    l.reporter, l.partner, l.flow, l.product, l.enterprise, l.regime, l.channel, l.year_before, l.unit
)
where a.is_group and l.partner <> 'World' and g.hi < 15 and b.lo > 0 and l.hi::double / b.lo < 1e12
