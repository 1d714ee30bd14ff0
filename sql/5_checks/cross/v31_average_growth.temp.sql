-- V31: average annual growth is the root of the growth between the first and the last year (percentage points). The
-- span may be printed with its base year or without it: the reading that fits better counts.
with pair as (
    select
        f.figure_id,
        f.lo,
        f.hi,
        100 * (pow(n.lo::double / b.hi::double, 1.0 / (n.year - b.year)) - 1) as found_lo,
        100 * (pow(n.hi::double / b.lo::double, 1.0 / (n.year - b.year)) - 1) as found_hi,
        [f.figure_id] || n.figure_ids[:3] || b.figure_ids[:3] as figure_ids
    from chk_figure as f
    join chk_best as n on n.series = hash(
        f.reporter, f.partner, f.flow, f.product, f.enterprise, f.regime, f.channel, f.unit
    ) and n.kind = 'year' and n.year = f.year
    join chk_best as b on b.series = n.series and b.kind = 'year' and b.year < n.year
        and b.year in (year(f.first_day), year(f.first_day) - 1)
    where f.measure = 'value_cagr' and f.bound = '=' and b.lo > 0
    qualify row_number() over (
        partition by f.figure_id order by greatest(f.lo::double - found_hi, found_lo - f.hi::double, 0), b.year
    ) = 1
)
select
    '=' as relation,
    lo::decimal(38, 6) as lhs_lo,
    hi::decimal(38, 6) as lhs_hi,
    found_lo::decimal(38, 6) as rhs_lo,
    found_hi::decimal(38, 6) as rhs_hi,
    1::double as scale,
    figure_ids,
    []::varchar[] as blame
from pair
