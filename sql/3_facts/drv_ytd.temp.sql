-- Months, quarters and halves as the difference of two year-to-dates; January and February stay together.
with pair as (
    select
        a.reporter, a.partner, a.flow, a.product, a.enterprise, a.regime, a.channel, a.measure, a.unit, a.counted, a.line,
        a.year, b.month_to + 1 as month_from, a.month_to,
        a.value - b.value as value, a.lo - b.hi as lo, a.hi - b.lo as hi,
        [a.figure_id, b.figure_id] as inputs, greatest(a.known_from, b.known_from) as known_from
    from drv_level as a
    join drv_level as b
        on b.line = a.line and b.flow = a.flow and b.year = a.year and b.from_january and b.month_to < a.month_to
    where a.from_january and a.measure <> 'count' and a.flow <> 'balance'
)
select
    case
        when p.month_from = p.month_to then 'month_from_ytd'
        when p.month_to - p.month_from = 2 then 'quarter_from_ytd'
        else 'half_from_ytd'
    end as rule,
    p.reporter, p.partner, p.flow, p.product, p.enterprise, p.regime, p.channel,
    format('{}-{:02d}/{}-{:02d}', p.year, p.month_from, p.year, p.month_to) as period,
    p.measure, p.unit, p.counted, null::varchar as of_cell, p.value, p.lo, p.hi, p.inputs, p.known_from
from pair as p
anti join drv_level as l
    on l.line = p.line and l.flow = p.flow and l.year = p.year and l.month_from = p.month_from and l.month_to = p.month_to
where
    p.hi >= 0
    and (
        p.month_from = p.month_to
        or (p.month_from % 3 = 1 and p.month_to = p.month_from + 2)
        or (p.month_from = 7 and p.month_to = 12)
    )
