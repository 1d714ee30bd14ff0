-- A level beside the level of a whole that differs in one field: partner, product, firms, regime, channel or reporter.
with level as (
    select
        reporter, partner, flow, product, enterprise, regime, channel, period, unit, measure, counted,
        value, lo, hi, figure_id, known_from
    from drv_level
    where measure in ('value', 'quantity') and lo > 0 and flow <> 'balance'
), pair as (
    select
        p.*, w.value as w_value, w.lo as w_lo, w.hi as w_hi, w.figure_id as w_figure_id, w.known_from as w_known_from,
        '{"partner":"World"}' as whole_cell
    from level as p
    join level as w
        on w.reporter = p.reporter and w.flow = p.flow and w.product = p.product
        and w.enterprise = p.enterprise and w.regime = p.regime and w.channel = p.channel
        and w.period = p.period and w.unit = p.unit and w.measure = p.measure
    where p.partner <> 'World' and w.partner = 'World'
    union all
    select
        p.*, w.value as w_value, w.lo as w_lo, w.hi as w_hi, w.figure_id as w_figure_id, w.known_from as w_known_from,
        '{"product":"all"}' as whole_cell
    from level as p
    join level as w
        on w.reporter = p.reporter and w.partner = p.partner and w.flow = p.flow
        and w.enterprise = p.enterprise and w.regime = p.regime and w.channel = p.channel
        and w.period = p.period and w.unit = p.unit and w.measure = p.measure
    where p.product <> 'all' and w.product = 'all'
    union all
    select
        p.*, w.value as w_value, w.lo as w_lo, w.hi as w_hi, w.figure_id as w_figure_id, w.known_from as w_known_from,
        '{"enterprise":"all"}' as whole_cell
    from level as p
    join level as w
        on w.reporter = p.reporter and w.partner = p.partner and w.flow = p.flow and w.product = p.product
        and w.regime = p.regime and w.channel = p.channel and w.period = p.period and w.unit = p.unit
        and w.measure = p.measure
    where p.enterprise <> 'all' and w.enterprise = 'all'
    union all
    select
        p.*, w.value as w_value, w.lo as w_lo, w.hi as w_hi, w.figure_id as w_figure_id, w.known_from as w_known_from,
        '{"regime":"all"}' as whole_cell
    from level as p
    join level as w
        on w.reporter = p.reporter and w.partner = p.partner and w.flow = p.flow and w.product = p.product
        and w.enterprise = p.enterprise and w.channel = p.channel and w.period = p.period
        and w.unit = p.unit and w.measure = p.measure
    where p.regime <> 'all' and w.regime = 'all'
    union all
    select
        p.*, w.value as w_value, w.lo as w_lo, w.hi as w_hi, w.figure_id as w_figure_id, w.known_from as w_known_from,
        '{"channel":"all"}' as whole_cell
    from level as p
    join level as w
        on w.reporter = p.reporter and w.partner = p.partner and w.flow = p.flow and w.product = p.product
        and w.enterprise = p.enterprise and w.regime = p.regime and w.period = p.period
        and w.unit = p.unit and w.measure = p.measure
    where p.channel <> 'all' and w.channel = 'all'
    union all
    select
        p.*, w.value as w_value, w.lo as w_lo, w.hi as w_hi, w.figure_id as w_figure_id, w.known_from as w_known_from,
        json_object('reporter', w.reporter)::varchar as whole_cell
    from level as p
    join dim_area as a on a.area = p.reporter
    join level as w
        on w.reporter = a.parent and w.partner = p.partner and w.flow = p.flow and w.product = p.product
        and w.enterprise = p.enterprise and w.regime = p.regime and w.channel = p.channel
        and w.period = p.period and w.unit = p.unit and w.measure = p.measure
)
select *
from pair
