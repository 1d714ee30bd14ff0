-- V63: a number that is a forecast or a target is not also taken for a reported one of the same cell at the same place.
with other as (
    select figure_id, article_id, reporter, partner, flow, product, enterprise, regime, channel, period, measure, value,
        start, "end"
    from fct_candidate
    where stance <> 'reported'
)
select
    any_value(o.article_id) as article_id,
    '=' as relation,
    count(f.figure_id)::decimal(38, 6) as lhs_lo,
    count(f.figure_id)::decimal(38, 6) as lhs_hi,
    0::decimal(38, 6) as rhs_lo,
    0::decimal(38, 6) as rhs_hi,
    1::double as scale,
    [o.figure_id] || coalesce(list(f.figure_id order by f.figure_id) filter (f.figure_id is not null), []) as figure_ids,
    coalesce(list(f.figure_id order by f.figure_id) filter (f.figure_id is not null), []) as blame
from other as o
left join fct_candidate as f on f.stance = 'reported' and f.article_id = o.article_id and f.reporter = o.reporter
    and f.partner = o.partner and f.flow = o.flow and f.product = o.product and f.enterprise = o.enterprise
    and f.regime = o.regime and f.channel = o.channel and f.period = o.period and f.measure = o.measure
    and f.value = o.value and f.start < o."end" and f."end" > o.start
group by o.figure_id
