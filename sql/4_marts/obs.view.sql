-- Every row of fct_best in plain words: the record's own field names and values, with source and sentence.
select
    b.reporter,
    b.partner,
    b.flow,
    b.product,
    b.enterprise,
    b.regime,
    b.channel,
    b.period,
    b.measure,
    b.unit,
    b.value,
    b.bound,
    b.stance,
    b.basis,
    b.of_cell,
    b.counted,
    b.rank_by,
    b.lo,
    b.hi,
    b.agreement,
    b.n_statements,
    b.n_releases,
    b.known_from,
    b.known_to,
    a.url as source_url,  -- Where the winning statement was published.
    b.quote,
    p.year,
    p.kind as period_kind,  -- month, quarter, half, ytd, year, span or days.
    p.month_from,
    p.month_to,
    p.from_january,
    p.ytd_before,
    p.year_before,
    r.kind as reporter_kind,  -- country, province, municipality, city, district, zone, ...
    b.growth_currency,
    b.printed,
    b.figure_id,
    b.article_id,
    b.cell_id
from fct_best as b
join dim_article as a on a.article_id = b.article_id
join dim_period as p on p.period = b.period
join dim_area as r on r.area = b.reporter
