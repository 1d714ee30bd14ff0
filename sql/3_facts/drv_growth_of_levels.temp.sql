-- Growth of one published level on the one of a year before: not on a comparable basis, so never instead of the printed one.
select
    'ratio_of_levels' as rule, l.reporter, l.partner, l.flow, l.product, l.enterprise, l.regime, l.channel, l.period,
    l.measure || '_yoy' as measure, 'percent' as unit, l.counted, null::varchar as of_cell,
    100 * (l.value / b.value - 1) as value, 100 * (l.lo / b.hi - 1) as lo, 100 * (l.hi / b.lo - 1) as hi,
    [l.figure_id, b.figure_id] as inputs, greatest(l.known_from, b.known_from) as known_from
from drv_level as l
join drv_level as b on b.line = l.line and b.flow = l.flow and b.period = l.year_before
where b.lo > 0 and l.lo > 0
