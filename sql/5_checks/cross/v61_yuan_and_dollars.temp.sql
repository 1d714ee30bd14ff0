-- V61: an amount in yuan and in dollars are one rate of exchange apart that the period, or the year of publication,
-- knew (yuan a dollar). The yearly ranges of the rate are rounded outward.
with rate (year, low, high) as (
    values (2000, 8.27, 8.28), (2001, 8.27, 8.28), (2002, 8.27, 8.28), (2003, 8.27, 8.28), (2004, 8.27, 8.28),
        (2005, 8.06, 8.28), (2006, 7.79, 8.08), (2007, 7.29, 7.82), (2008, 6.79, 7.31), (2009, 6.81, 6.85),
        (2010, 6.58, 6.84), (2011, 6.29, 6.65), (2012, 6.21, 6.36), (2013, 6.04, 6.30), (2014, 6.03, 6.27),
        (2015, 6.10, 6.50), (2016, 6.44, 6.97), (2017, 6.48, 6.97), (2018, 6.24, 6.98), (2019, 6.66, 7.19),
        (2020, 6.51, 7.18), (2021, 6.34, 6.58), (2022, 6.30, 7.33), (2023, 6.69, 7.36), (2024, 7.00, 7.33),
        (2025, 6.97, 7.36)
    union all
    -- not known yet: the last range, wider
    select range, 6.60, 7.60 from range(2026, 3000)
),
pair as (
    select
        y.lo::double / d.hi::double as lo,
        y.hi::double / d.lo::double as hi,
        least(f.low, coalesce(t.low, f.low)) as low,
        greatest(f.high, coalesce(t.high, f.high)) as high,
        [y.figure_id, d.figure_id] as figure_ids,
        row_number() over (partition by y.figure_id order by d.hi - d.lo, d.figure_id) as place
    from chk_figure as y
    join chk_figure as d on d.article_id = y.article_id and d.reporter = y.reporter and d.partner = y.partner
        and d.flow = y.flow and d.product = y.product and d.enterprise = y.enterprise and d.regime = y.regime
        and d.channel = y.channel and d.period = y.period
    join rate as f on f.year = y.year
    left join rate as t on t.year = year(y.published)
    where y.measure = 'value' and d.measure = 'value' and y.unit = 'CNY' and d.unit = 'USD'
        and y.bound in ('=', '~') and d.lo > 0 and y.lo > 0
)
select
    '=' as relation,
    lo::decimal(38, 6) as lhs_lo,
    hi::decimal(38, 6) as lhs_hi,
    (low * 0.99)::decimal(38, 6) as rhs_lo,
    (high * 1.01)::decimal(38, 6) as rhs_hi,
    high::double as scale,
    figure_ids,
    figure_ids as blame
from pair
where place = 1
