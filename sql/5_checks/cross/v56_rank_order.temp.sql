-- V56: among the partners of one whole, groups and countries apart, the better rank has the larger amount, and a share
-- of more than half is rank 1.
with ranked as (
    select
        r.*,
        coalesce(a.is_group, false) as is_group,
        l.lo as amount_lo,
        l.hi as amount_hi,
        l.figure_id as amount_id
    from chk_figure as r
    join chk_level as l on l.article_id = r.article_id and l.reporter = r.reporter and l.partner = r.partner
        and l.flow = r.flow and l.product = r.product and l.enterprise = r.enterprise and l.regime = r.regime
        and l.channel = r.channel and l.period = r.period
    join dim_area as a on a.area = r.partner
    where r.measure = 'rank' and r.bound = '=' and r.rank_by is null and r.counted is null
        and r.of_cell = '{"partner":"World"}'
)
select
    '<=' as relation,
    b.amount_lo::decimal(38, 6) as lhs_lo,
    b.amount_hi::decimal(38, 6) as lhs_hi,
    a.amount_lo::decimal(38, 6) as rhs_lo,
    a.amount_hi::decimal(38, 6) as rhs_hi,
    a.amount_hi::double as scale,
    [a.figure_id, b.figure_id, a.amount_id, b.amount_id] as figure_ids,
    [a.figure_id, b.figure_id] as blame
from ranked as a
join ranked as b on b.article_id = a.article_id and b.reporter = a.reporter and b.flow = a.flow and b.product = a.product
    and b.enterprise = a.enterprise and b.regime = a.regime and b.channel = a.channel and b.period = a.period
    and b.unit = a.unit and b.is_group = a.is_group and a.value < b.value
where a.amount_hi > 0
union all
select
    '=', r.value::decimal(38, 6), r.value::decimal(38, 6), 1, 1, 1, [r.figure_id, s.figure_id], [r.figure_id]
from chk_figure as r
join chk_share as s on s.article_id = r.article_id and s.reporter = r.reporter and s.partner = r.partner
    and s.flow = r.flow and s.product = r.product and s.enterprise = r.enterprise and s.regime = r.regime
    and s.channel = r.channel and s.period = r.period and s.of_cell = r.of_cell
where r.measure = 'rank' and r.bound = '=' and r.rank_by is null and s.lo > 50
