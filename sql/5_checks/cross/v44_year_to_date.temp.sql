-- V44: a year's cumulative amount does not fall from one cut to the next (part of the earlier one).
with cut as (
    select
        *,
        lag(lo) over earlier as before_lo,
        lag(hi) over earlier as before_hi,
        lag(releases) over earlier as before_releases,
        lag(figure_ids) over earlier as before_ids
    from chk_best
    where from_january
    window earlier as (partition by series, year order by month_to)
)
select
    '<=' as relation,
    before_lo::decimal(38, 6) as lhs_lo,
    before_hi::decimal(38, 6) as lhs_hi,
    lo::decimal(38, 6) as rhs_lo,
    hi::decimal(38, 6) as rhs_hi,
    before_hi::double as scale,
    figure_ids[:3] || before_ids[:3] as figure_ids,
    case when before_releases < releases then before_ids else figure_ids end as blame
from cut
where before_hi > 0
