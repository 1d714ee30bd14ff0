-- V22: money per unit of goods lies between a quarter and four times the median of its kind (five or more known).
with price as (
    select
        l.product,
        l.unit,
        q.printed_unit,
        l.value::double / q.value::double as price,
        [l.figure_id, q.figure_id] as figure_ids
    from chk_level as l
    join chk_figure as q on q.measure = 'quantity' and q.bound = '=' and q.value > 0
        and q.article_id = l.article_id and q.reporter = l.reporter and q.partner = l.partner and q.flow = l.flow
        and q.product = l.product and q.enterprise = l.enterprise and q.regime = l.regime and q.channel = l.channel
        and q.period = l.period
    where l.value > 0 and l.product <> 'all'
),
usual as (
    select *, median(price) over kind as usual, count(*) over kind as n
    from price
    window kind as (partition by product, unit, printed_unit)
)
select
    '=' as relation,
    (price / usual)::decimal(38, 6) as lhs_lo,
    (price / usual)::decimal(38, 6) as lhs_hi,
    0.25::decimal(38, 6) as rhs_lo,
    4::decimal(38, 6) as rhs_hi,
    1::double as scale,
    figure_ids,
    figure_ids as blame
from usual
where n >= 5 and price / usual < 1e12
