-- V35: the shares of all classes of a complete partition make 100 percent: private, foreign-invested and state-owned
-- firms at least 98.5, general and processing trade with bonded logistics at least 95 (the rest is "other").
with total as (
    select whole, axis, sum(lo) as lo, sum(hi) as hi, list(figure_id order by start, figure_id) as figure_ids
    from chk_part
    where form = 'share' and (
        (axis = 'enterprise' and member in ('private', 'foreign-invested', 'state-owned', 'other enterprises'))
        or (axis = 'regime' and member in ('general trade', 'processing trade', 'bonded logistics', 'other regimes'))
    )
    group by whole, axis
    having count(*) filter (member not like 'other%') = 3
)
select
    '=' as relation,
    lo::decimal(38, 6) as lhs_lo,
    hi::decimal(38, 6) as lhs_hi,
    case axis when 'enterprise' then 98.5 else 95 end::decimal(38, 6) as rhs_lo,
    100::decimal(38, 6) as rhs_hi,
    1::double as scale,
    figure_ids,
    case when lo > 100 then figure_ids else [] end as blame
from total
