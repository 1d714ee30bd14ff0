-- By how much a place's growth exceeds that of the country or province it lies in.
select
    'gap_of_growths' as rule, g.reporter, g.partner, g.flow, g.product, g.enterprise, g.regime, g.channel, g.period,
    'growth_gap' as measure, 'pp' as unit, g.counted, json_object('reporter', a.parent)::varchar as of_cell,
    (g.value - w.value)::double as value, (g.lo - w.hi)::double as lo, (g.hi - w.lo)::double as hi,
    [g.figure_id, w.figure_id] as inputs, greatest(g.known_from, w.known_from) as known_from
from fct_best as g
join dim_area as a on a.area = g.reporter
join fct_best as w
    on w.reporter = a.parent and w.flow = g.flow and w.partner = g.partner and w.product = g.product
    and w.enterprise = g.enterprise and w.regime = g.regime and w.channel = g.channel and w.period = g.period
    and w.measure = g.measure and w.growth_currency = g.growth_currency
where
    g.measure = 'value_yoy'
    and g.known_to is null and g.stance = 'reported' and g.bound = '=' and g.agreement <> 'conflict' and g.of_cell is null
    and w.known_to is null and w.stance = 'reported' and w.bound = '=' and w.agreement <> 'conflict' and w.of_cell is null
