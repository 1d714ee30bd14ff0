-- V04: reporter, partner, product, channel and counted are names of the reference tables; a stranger stays as printed.
with used as (
    select 'area' as role, reporter as name, count(*) as n, min(figure_id, 20) as figure_ids from chk_figure group by reporter
    union all
    select 'area', partner, count(*), min(figure_id, 20) from chk_figure group by partner
    union all
    select 'product', product, count(*), min(figure_id, 20) from chk_figure group by product
    union all
    select 'channel', channel, count(*), min(figure_id, 20) from chk_figure group by channel
    union all
    select 'counted', counted, count(*), min(figure_id, 20) from chk_figure where counted is not null group by counted
),
known as (
    select 'area' as role, area as name from dim_area where is_reference
    union all
    select 'product', product from dim_product where is_reference
    union all
    select 'channel', channel from dim_channel where is_reference
    union all
    select 'counted', counted from dim_counted where is_reference
)
select
    u.role || ' ' || u.name as subject,
    '=' as relation,
    (any_value(k.name) is null)::int::decimal(38, 6) as lhs_lo,
    (any_value(k.name) is null)::int::decimal(38, 6) as lhs_hi,
    0::decimal(38, 6) as rhs_lo,
    0::decimal(38, 6) as rhs_hi,
    1::double as scale,
    case when any_value(k.name) is null then arg_max(u.figure_ids, (u.n, u.figure_ids)) else [] end as figure_ids,
    []::varchar[] as blame
from used as u
left join known as k on k.role = u.role and k.name = u.name
group by u.role, u.name
