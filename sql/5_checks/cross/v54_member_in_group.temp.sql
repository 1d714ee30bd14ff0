-- V54: a member's amount is not larger than its group's, among partners or among reporters, in one article; the member
-- counts only in the time between its dates.
with level as (
    select * from chk_level where flow <> 'balance'
)
select
    '<=' as relation,
    m.lo::decimal(38, 6) as lhs_lo,
    m.hi::decimal(38, 6) as lhs_hi,
    w.lo::decimal(38, 6) as rhs_lo,
    w.hi::decimal(38, 6) as rhs_hi,
    w.hi::double as scale,
    [m.figure_id, w.figure_id] as figure_ids,
    [m.figure_id] as blame
from level as m
join bridge_area_group as g on g.member_area = m.partner
join level as w on w.cell = hash(
    m.article_id, m.reporter, g.group_area, m.flow, m.product, m.enterprise, m.regime, m.channel, m.period, m.unit
)
where coalesce(g.valid_from, date '1900-01-01') <= m.first_day and coalesce(g.valid_to, date '2999-12-31') >= m.last_day
    and w.hi > 0
union all
select
    '<=', m.lo::decimal(38, 6), m.hi::decimal(38, 6), w.lo::decimal(38, 6), w.hi::decimal(38, 6), w.hi::double,
    [m.figure_id, w.figure_id], [m.figure_id]
from level as m
join bridge_area_group as g on g.member_area = m.reporter
join level as w on w.cell = hash(
    m.article_id, g.group_area, m.partner, m.flow, m.product, m.enterprise, m.regime, m.channel, m.period, m.unit
)
where coalesce(g.valid_from, date '1900-01-01') <= m.first_day and coalesce(g.valid_to, date '2999-12-31') >= m.last_day
    and w.hi > 0
