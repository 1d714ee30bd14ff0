-- V42: a contribution is the part's change against the whole's base (points) or the whole's change (percent).
with change as (
    select
        l.cell,
        l.lo::double - l.lo::double / (1 + g.lo::double / 100) as lo,
        l.hi::double - l.hi::double / (1 + g.hi::double / 100) as hi,
        l.lo::double / (1 + g.hi::double / 100) as base_lo,
        l.hi::double / (1 + g.lo::double / 100) as base_hi,
        [l.figure_id, g.figure_id] as figure_ids
    from chk_level as l
    join chk_growth as g on g.cell = l.cell
    where g.lo > -90 and l.lo > 0
),
pair as (
    select c.*, p.lo as part_lo, p.hi as part_hi,
        case c.printed_unit when 'pp' then w.base_lo else w.lo end as whole_lo,
        case c.printed_unit when 'pp' then w.base_hi else w.hi end as whole_hi,
        [c.figure_id] || p.figure_ids || w.figure_ids as figure_ids
    from chk_figure as c
    join change as p on p.cell = c.cell
    join change as w on w.cell = hash(
        c.article_id, coalesce(c.of_reporter, c.reporter), coalesce(c.of_partner, c.partner), coalesce(c.of_flow, c.flow),
        coalesce(c.of_product, c.product), coalesce(c.of_enterprise, c.enterprise), coalesce(c.of_regime, c.regime),
        coalesce(c.of_channel, c.channel), coalesce(c.of_period, c.period), c.unit
    )
    where c.measure = 'contribution' and c.bound = '=' and c.of_cell is not null
)
select
    '=' as relation,
    lo::decimal(38, 6) as lhs_lo,
    hi::decimal(38, 6) as lhs_hi,
    (100 * least(part_lo / whole_lo, part_lo / whole_hi, part_hi / whole_lo, part_hi / whole_hi))::decimal(38, 6) as rhs_lo,
    (100 * greatest(part_lo / whole_lo, part_lo / whole_hi, part_hi / whole_lo, part_hi / whole_hi))::decimal(38, 6)
        as rhs_hi,
    1::double as scale,
    figure_ids,
    []::varchar[] as blame
from pair
where whole_lo > 0
