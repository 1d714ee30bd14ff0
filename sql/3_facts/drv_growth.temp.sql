-- Levels with their printed growth on a year before, in one currency.
select
    l.*,
    g.value::double / 100 as g,
    g.lo::double / 100 as g_lo,
    g.hi::double / 100 as g_hi,
    g.figure_id as g_figure_id,
    g.known_from as g_known_from
from drv_level as l
join fct_best as g
    on g.reporter = l.reporter
    and g.partner = l.partner
    and g.flow = l.flow
    and g.product = l.product
    and g.enterprise = l.enterprise
    and g.regime = l.regime
    and g.channel = l.channel
    and g.period = l.period
    and g.measure = l.measure || '_yoy'
    and g.counted is not distinct from l.counted
    and (l.measure <> 'value' or g.growth_currency = l.unit)
where
    g.known_to is null
    and g.stance = 'reported'
    and g.bound = '='
    and g.agreement <> 'conflict'
    and g.of_cell is null
    and g.lo > -100
    and l.lo > 0
