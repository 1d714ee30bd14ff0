-- What derived figures are made of: levels known now, exactly stated, not in conflict.
select
    b.*,
    hash(reporter, partner, product, enterprise, regime, channel, measure, unit, counted) as line,
    p.kind as period_kind,
    p.year,
    p.month_from,
    p.month_to,
    p.from_january,
    p.year_before
from fct_best as b
join dim_period as p on p.period = b.period
where
    b.known_to is null
    and b.stance = 'reported'
    and b.bound = '='
    and b.agreement <> 'conflict'
    and b.measure in ('value', 'quantity', 'count')
    and b.of_cell is null
