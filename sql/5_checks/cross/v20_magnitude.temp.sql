-- V20: an amount lies between a fifth and five times its amount of up to three years before, unless its own printed growth explains it.
with now_and_then as (
    select
        b.*,
        lag(b.lo) over earlier as then_lo,
        lag(b.hi) over earlier as then_hi,
        lag(b.releases) over earlier as then_releases,
        lag(b.figure_ids) over earlier as then_ids,
        lag(b.period) over earlier as then_period,
        lag(b.year) over earlier as then_year
    from chk_best as b
    where b.months is not null and b.months <= 12
    window earlier as (partition by b.series, b.months, b.month_to order by b.year)
)
select
    '=' as relation,
    (n.lo::double / n.then_hi)::decimal(38, 6) as lhs_lo,
    (n.hi::double / n.then_lo)::decimal(38, 6) as lhs_hi,
    0.2::decimal(38, 6) as rhs_lo,
    5::decimal(38, 6) as rhs_hi,
    1::double as scale,
    n.figure_ids[:3] || n.then_ids[:3] as figure_ids,
    case when n.then_releases < n.releases then n.then_ids else n.figure_ids end as blame
from now_and_then as n
left join chk_trend as g on g.cell_anywhere = n.cell_anywhere
where n.then_lo > 0 and n.year - n.then_year <= 3
    and n.hi::double / n.then_lo < 1e12
    -- growth that is printed beside the amount and leads to the earlier one vouches for both
    and not (
        g.lo is not null and n.then_period = n.year_before
        and n.lo::double / (1 + least(g.hi, 1e9)::double / 100) <= n.then_hi::double * 1.2
        and n.hi::double / (1 + greatest(g.lo, -99)::double / 100) >= n.then_lo::double / 1.2
    )
