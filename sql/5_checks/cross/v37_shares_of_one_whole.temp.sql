-- V37: the shares of disjoint parts of one whole are at most 100 percent together. A part's share that its amount
-- bears out is not to blame.
with proven as (
    select figure_ids[1] as figure_id from v32_share_of_whole where lhs_lo <= rhs_hi and rhs_lo <= lhs_hi
)
select
    '<=' as relation,
    sum(lo)::decimal(38, 6) as lhs_lo,
    sum(hi)::decimal(38, 6) as lhs_hi,
    0::decimal(38, 6) as rhs_lo,
    100::decimal(38, 6) as rhs_hi,
    1::double as scale,
    list(figure_id order by start, figure_id) as figure_ids,
    list(figure_id order by start, figure_id) filter (figure_id not in (select figure_id from proven)) as blame
from chk_part
where form = 'share'
group by whole, axis
having count(*) > 1
