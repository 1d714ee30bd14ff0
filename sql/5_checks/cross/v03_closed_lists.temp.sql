-- V03: enterprise and regime are names of their closed lists.
with used as (
    select 'enterprise' as role, enterprise as name, figure_id from chk_figure
    where enterprise in (select enterprise from dim_enterprise where not is_reference)
    union all
    select 'regime', regime, figure_id from chk_figure
    where regime in (select regime from dim_regime where not is_reference)
),
every as (
    select 'enterprise' as role, enterprise as name, is_reference from dim_enterprise
    where enterprise in (select enterprise from chk_figure)
    union all
    select 'regime', regime, is_reference from dim_regime where regime in (select regime from chk_figure)
)
select
    e.role || ' ' || e.name as subject,
    '=' as relation,
    (not e.is_reference)::int::decimal(38, 6) as lhs_lo,
    (not e.is_reference)::int::decimal(38, 6) as lhs_hi,
    0::decimal(38, 6) as rhs_lo,
    0::decimal(38, 6) as rhs_hi,
    1::double as scale,
    coalesce(list(u.figure_id order by u.figure_id) filter (u.figure_id is not null), []) as figure_ids,
    coalesce(list(u.figure_id order by u.figure_id) filter (u.figure_id is not null), []) as blame
from every as e
left join used as u on u.role = e.role and u.name = e.name
group by e.role, e.name, e.is_reference
