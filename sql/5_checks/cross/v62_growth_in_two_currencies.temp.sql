-- V62: growth in yuan and in dollars are the change of the rate of exchange apart, at most 20 percent in a year.
with growth as (
    select
        *,
        hash(article_id, reporter, partner, flow, product, enterprise, regime, channel, period) as cell_any_currency
    from chk_growth
)
select
    '=' as relation,
    ((1 + y.lo::double / 100) / (1 + d.hi::double / 100))::decimal(38, 6) as lhs_lo,
    ((1 + y.hi::double / 100) / (1 + d.lo::double / 100))::decimal(38, 6) as lhs_hi,
    case when y.year between 2005 and 2013 then 0.88 else 0.92 end::decimal(38, 6) as rhs_lo,
    case when y.year between 2005 and 2013 then 1.01 else 1.10 end::decimal(38, 6) as rhs_hi,
    1::double as scale,
    [y.figure_id, d.figure_id] as figure_ids,
    []::varchar[] as blame
from growth as y
join growth as d on d.cell_any_currency = y.cell_any_currency and d.unit = 'USD'
where y.unit = 'CNY' and y.lo > -90 and d.lo > -90
