-- V21: an amount is not a power of ten away (within 3 %) from what its share, its last year or another article says.
with said as (
    select cell_anywhere, value, count(distinct release_id) as releases, min(known_from) as since, min(figure_id) as figure_id
    from chk_level
    group by cell_anywhere, value
),
head as (
    select *
    from said
    qualify row_number() over (partition by cell_anywhere order by releases desc, since, value) = 1
),
expected as (
    -- its share of a whole that the same article states
    select [l.figure_id, s.figure_id] as suspects, l.value::double as value,
        s.value::double / 100 * w.value::double as expected, [l.figure_id, s.figure_id, w.figure_id] as figure_ids
    from chk_share as s
    join chk_level as l on l.cell = s.cell
    join chk_level as w on w.cell = s.whole
    where s.value > 0 and w.value > 0
    union all
    -- its printed growth on the amount known of the year before
    select [l.figure_id], l.value::double, (b.lo + b.hi)::double / 2 * (1 + g.value::double / 100),
        [l.figure_id, g.figure_id] || b.figure_ids[:3]
    from chk_level as l
    join chk_growth as g on g.cell = l.cell
    join chk_best as b on b.cell_anywhere = hash(
        l.reporter, l.partner, l.flow, l.product, l.enterprise, l.regime, l.channel, l.year_before, l.unit
    )
    where g.value > -90
    union all
    -- the same amount as most releases, else the earliest, have it
    select [l.figure_id], l.value::double, h.value::double, [l.figure_id, h.figure_id]
    from chk_level as l
    join head as h on h.cell_anywhere = l.cell_anywhere and h.figure_id <> l.figure_id
),
slip as (
    select *, log10(abs(value) / abs(expected)) as distance
    from expected
    where value <> 0 and expected <> 0
)
select
    '=' as relation,
    abs(distance)::decimal(38, 6) as lhs_lo,
    abs(distance)::decimal(38, 6) as lhs_hi,
    0::decimal(38, 6) as rhs_lo,
    case when slipped then 0 else abs(distance) end::decimal(38, 6) as rhs_hi,
    1::double as scale,
    figure_ids,
    case when slipped then suspects else [] end as blame
from (
    select *, round(abs(distance)) in (1, 2, 3, 4) and abs(abs(distance) - round(abs(distance))) < log10(1.03) as slipped
    from slip
)
