-- A level beside the level of a whole that differs in one field: partner, product, firms, regime, channel or reporter.
with whole as (
    select * from drv_level where lo > 0 and measure in ('value', 'quantity')
), pair as (
    select p, w, 'partner' as field, 'World' as total
    from whole as p
    join whole as w
        on w.reporter = p.reporter and w.flow = p.flow and w.product = p.product and w.enterprise = p.enterprise
        and w.regime = p.regime and w.channel = p.channel and w.period = p.period and w.unit = p.unit and w.measure = p.measure
    where p.partner <> 'World' and w.partner = 'World'
    union all
    select p, w, 'product', 'all'
    from whole as p
    join whole as w
        on w.reporter = p.reporter and w.flow = p.flow and w.partner = p.partner and w.enterprise = p.enterprise
        and w.regime = p.regime and w.channel = p.channel and w.period = p.period and w.unit = p.unit and w.measure = p.measure
    where p.product <> 'all' and w.product = 'all'
    union all
    select p, w, 'enterprise', 'all'
    from whole as p
    join whole as w
        on w.reporter = p.reporter and w.flow = p.flow and w.partner = p.partner and w.product = p.product
        and w.regime = p.regime and w.channel = p.channel and w.period = p.period and w.unit = p.unit and w.measure = p.measure
    where p.enterprise <> 'all' and w.enterprise = 'all'
    union all
    select p, w, 'regime', 'all'
    from whole as p
    join whole as w
        on w.reporter = p.reporter and w.flow = p.flow and w.partner = p.partner and w.product = p.product
        and w.enterprise = p.enterprise and w.channel = p.channel and w.period = p.period and w.unit = p.unit
        and w.measure = p.measure
    where p.regime <> 'all' and w.regime = 'all'
    union all
    select p, w, 'channel', 'all'
    from whole as p
    join whole as w
        on w.reporter = p.reporter and w.flow = p.flow and w.partner = p.partner and w.product = p.product
        and w.enterprise = p.enterprise and w.regime = p.regime and w.period = p.period and w.unit = p.unit
        and w.measure = p.measure
    where p.channel <> 'all' and w.channel = 'all'
    union all
    select p, w, 'reporter', a.parent
    from whole as p
    join dim_area as a on a.area = p.reporter
    join whole as w
        on w.reporter = a.parent and w.flow = p.flow and w.partner = p.partner and w.product = p.product
        and w.enterprise = p.enterprise and w.regime = p.regime and w.channel = p.channel and w.period = p.period
        and w.unit = p.unit and w.measure = p.measure
)
select
    unnest(p),
    w.value as w_value, w.lo as w_lo, w.hi as w_hi, w.figure_id as w_figure_id, w.known_from as w_known_from,
    json_object(field, total)::varchar as whole_cell
from pair
where p.flow <> 'balance'
