-- One year of one cell, wide: the calendar years only, so that no span is counted twice.
select
    l.reporter,
    r.kind as reporter_kind,  -- country, province, municipality, city, district, zone, ...
    l.flow,
    l.partner,
    l.product,
    l.enterprise,
    l.regime,
    l.channel,
    l.period,
    p.year,
    p.month_to,
    l.currency,  -- Currency of value, lo and hi: yuan if printed, else dollars, else another.
    l.value,  -- The level in that currency; null where only growth is known.
    l.lo,
    l.hi,
    l.bound,
    l.value_cny,  -- The level in yuan, as printed.
    l.value_usd,  -- The level in US dollars, as printed.
    l.yoy_cny,  -- Printed growth on a year before, in yuan, percent.
    l.yoy_usd,  -- Printed growth on a year before, in US dollars, percent.
    l.yoy,  -- Printed growth on a year before: in yuan if known, else as printed.
    l.share_of_total,  -- Percent of the reporter's whole that differs in one field.
    l.share_how,  -- printed, or computed from two levels.
    l.rank,  -- Printed place in an order, 1 = largest.
    l.rank_among,  -- Among the parts of whom: China, or World for partners.
    l.agreement,  -- single, agree or conflict, of the level.
    l.figure_id,  -- The statement behind the level, else the growth.
    a.url as source_url,  -- Where that statement was published.
    f.quote
from mart_level as l
join dim_period as p on p.period = l.period
join dim_area as r on r.area = l.reporter
join fct_figure as f on f.figure_id = l.figure_id
join dim_article as a on a.article_id = f.article_id
where p.kind = 'year'
order by l.reporter, l.flow, l.partner, l.product, l.enterprise, l.regime, l.channel, p.year
