-- One number on which statements disagree now beyond what their print allows: the lowest against the highest.
with vintage as (
    select cell_id, vintage, min(known_from) as since
    from fct_best
    group by all
), said as (
    select
        b.cell_id,
        b.figure_id as shown,
        f.figure_id,
        f.value,
        f.lo,
        f.hi,
        f.known_from,
        a.url
    from fct_best as b
    join vintage as v on v.cell_id = b.cell_id and v.vintage = b.vintage
    join fct_figure as f on f.cell_id = b.cell_id and f.known_from >= v.since
    join dim_article as a on a.article_id = f.article_id
    anti join fct_correction as c on c.figure_id = f.figure_id
    where b.agreement = 'conflict' and b.known_to is null
), ends as (
    select
        cell_id,
        any_value(shown) as shown,
        arg_min({figure: figure_id, value: value, edge: hi, url: url, day: known_from}, (hi, figure_id)) as low,
        arg_max({figure: figure_id, value: value, edge: lo, url: url, day: known_from}, (lo, figure_id)) as high,
        count(*) as n
    from said
    group by cell_id
)
select
    e.cell_id,
    f.reporter,
    f.partner,
    f.flow,
    f.product,
    f.enterprise,
    f.regime,
    f.channel,
    f.period,
    f.measure,
    f.unit,
    f.of_cell,
    e.low.value::decimal(24, 6) as low_value,  -- The number of the lowest statement.
    e.low.figure::varchar as low_figure_id,  -- That statement.
    e.low.url::varchar as low_url,  -- Where it was published.
    e.low.day::date as low_known_from,  -- When.
    e.high.value::decimal(24, 6) as high_value,  -- The number of the highest statement.
    e.high.figure::varchar as high_figure_id,  -- That statement.
    e.high.url::varchar as high_url,  -- Where it was published.
    e.high.day::date as high_known_from,  -- When.
    (e.high.edge - e.low.edge)::decimal(24, 6) as gap,  -- By how much their intervals miss one another.
    e.n::integer as n_statements,  -- Statements of the number.
    e.shown::varchar as shown_figure_id  -- The statement that fct_best shows.
from ends as e
join fct_figure as f on f.figure_id = e.shown
order by f.reporter, f.period, e.cell_id
