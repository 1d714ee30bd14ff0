-- One month of one cell, the only mart that may be summed over time: reported, else the difference of two
-- year-to-dates; January and February are one row of two months where nobody parts them.
with month as (
    select l.* exclude (figure_id), l.figure_id, [l.figure_id] as inputs, p.year, p.month_from, p.month_to, 'reported' as how
    from mart_level as l
    join dim_period as p on p.period = l.period
    where l.value is not null and (p.kind = 'month' or (p.from_january and p.months = 2))
    union all by name
    select
        d.reporter, d.flow, d.partner, d.product, d.enterprise, d.regime, d.channel, d.period,
        d.unit as currency, d.value, d.lo, d.hi, '=' as bound,
        case d.unit when 'CNY' then d.value end as value_cny, case d.unit when 'USD' then d.value end as value_usd,
        d.inputs[1] as figure_id, d.inputs, p.year, p.month_from, p.month_to, 'difference' as how
    from fct_derived as d
    join dim_period as p on p.period = d.period
    where d.rule = 'month_from_ytd' and d.measure = 'value'
), whole as (
    -- one row a month and cell: what is reported stands before a difference, yuan before dollars
    select *
    from month
    qualify row_number() over (
        partition by reporter, flow, partner, product, enterprise, regime, channel, period
        order by how desc, case currency when 'CNY' then 0 when 'USD' then 1 else 2 end, currency, figure_id
    ) = 1
)
select
    m.reporter,
    r.kind as reporter_kind,  -- country, province, municipality, city, district, zone, ...
    m.flow,
    m.partner,
    m.product,
    m.enterprise,
    m.regime,
    m.channel,
    m.period,
    m.year,
    m.month_from,
    m.month_to,
    (m.month_to - m.month_from + 1)::integer as months,  -- 1; 2 where January and February stay together.
    m.how::varchar as how,  -- reported, or difference of two year-to-dates.
    m.currency::varchar as currency,  -- Currency of value, lo and hi: yuan if known, else dollars, else another.
    m.value::decimal(24, 6) as value,  -- The level of the month in that currency.
    m.lo::decimal(24, 6) as lo,  -- Lowest number that the print allows.
    m.hi::decimal(24, 6) as hi,  -- Highest number that the print allows.
    (m.value / (m.month_to - m.month_from + 1))::decimal(24, 6)
        as value_per_month,  -- For a chart by month: an estimate where months is 2.
    m.value_cny::decimal(24, 6) as value_cny,  -- The level in yuan.
    m.value_usd::decimal(24, 6) as value_usd,  -- The level in US dollars.
    m.yoy_cny::decimal(24, 6) as yoy_cny,  -- Printed growth on a year before, in yuan, percent.
    m.yoy_usd::decimal(24, 6) as yoy_usd,  -- Printed growth on a year before, in US dollars, percent.
    m.share_of_total::decimal(24, 6) as share_of_total,  -- Percent of the reporter's whole that differs in one field.
    m.rank::integer as rank,  -- Printed place in an order, 1 = largest.
    m.inputs::varchar[] as figure_ids,  -- The statement, or the two whose difference it is.
    a.url as source_url,  -- Where the first of them was published.
    f.quote
from whole as m
join dim_area as r on r.area = m.reporter
join fct_figure as f on f.figure_id = m.figure_id
join dim_article as a on a.article_id = f.article_id
anti join whole as part
    on m.month_from < m.month_to
    and part.reporter = m.reporter and part.flow = m.flow and part.partner = m.partner and part.product = m.product
    and part.enterprise = m.enterprise and part.regime = m.regime and part.channel = m.channel and part.year = m.year
    and part.month_from = part.month_to and part.month_from in (1, 2)
order by m.reporter, m.flow, m.partner, m.product, m.enterprise, m.regime, m.channel, m.year, m.month_from
