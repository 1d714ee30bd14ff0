-- Yuan for one unit of another currency, where one number is printed in both.
select
    'rate_of_values' as rule, y.reporter, y.partner, y.flow, y.product, y.enterprise, y.regime, y.channel, y.period,
    'exchange_rate' as measure, 'CNY/' || f.unit as unit, null::varchar as counted, null::varchar as of_cell,
    y.value / f.value as value, y.lo / f.hi as lo, y.hi / f.lo as hi,
    [y.figure_id, f.figure_id] as inputs, greatest(y.known_from, f.known_from) as known_from
from drv_level as y
join fct_best as f
    on f.reporter = y.reporter and f.partner = y.partner and f.flow = y.flow and f.product = y.product
    and f.enterprise = y.enterprise and f.regime = y.regime and f.channel = y.channel and f.period = y.period
where
    y.measure = 'value' and y.unit = 'CNY' and y.lo > 0
    and f.measure = 'value' and f.unit <> 'CNY' and f.lo > 0 and f.bound in ('=', '~')
    and f.known_to is null and f.stance = 'reported' and f.agreement <> 'conflict'
