-- V04: reporter, partner, product and counted are names of the reference tables; a stranger stays as printed.
with used as (
    select 'area' as role, reporter as name, figure_id from chk_figure
    union all
    select 'area', partner, figure_id from chk_figure
    union all
    select 'product', product, figure_id from chk_figure
    union all
    select 'channel', channel, figure_id from chk_figure
    union all
    select 'counted', counted, figure_id from chk_figure where counted is not null
),
known as (
    select 'area' as role, area as name, is_reference from dim_area
    union all
    select 'product', product, is_reference from dim_product
    union all
    select 'channel', channel, is_reference from dim_channel
    union all
    select 'counted', counted, is_reference from dim_counted
)
select
    u.role || ' ' || u.name as subject,
    '=' as relation,
    (not coalesce(k.is_reference, false))::int::decimal(38, 6) as lhs_lo,
    (not coalesce(k.is_reference, false))::int::decimal(38, 6) as lhs_hi,
    0::decimal(38, 6) as rhs_lo,
    0::decimal(38, 6) as rhs_hi,
    1::double as scale,
    case when coalesce(k.is_reference, false) then [] else list(u.figure_id order by u.figure_id)[:20] end as figure_ids,
    []::varchar[] as blame
from used as u
left join known as k on k.role = u.role and k.name = u.name
group by u.role, u.name, k.is_reference
