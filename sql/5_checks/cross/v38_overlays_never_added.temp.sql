-- V38: what the sums of V34 to V37 add up are parts that the reference tables let add up; an overlay (cross-border
-- e-commerce, small firms) is never among them.
with flag as (
    select 'enterprise' as axis, name_en as member, adds_up = 'yes' as adds_up from ref_enterprises
    union all
    select 'regime', name_en, adds_up = 'yes' from ref_regimes
)
select
    p.axis || ' ' || p.member as subject,
    '=' as relation,
    (not coalesce(f.adds_up, false))::int::decimal(38, 6) as lhs_lo,
    (not coalesce(f.adds_up, false))::int::decimal(38, 6) as lhs_hi,
    0::decimal(38, 6) as rhs_lo,
    0::decimal(38, 6) as rhs_hi,
    1::double as scale,
    list(p.figure_id order by p.figure_id)[:20] as figure_ids,
    []::varchar[] as blame
from chk_part as p
left join flag as f on f.axis = p.axis and f.member = p.member
where p.axis in ('enterprise', 'regime')
group by p.axis, p.member, f.adds_up
