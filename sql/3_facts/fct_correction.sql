-- One figure that the ledger of known misprints speaks of: it stays in fct_figure and never wins in fct_best.
select
    f.figure_id,
    f.article_id,
    c.expect::varchar as expect,  -- The misprinted number, as the ledger expects to find it.
    c.what::varchar as what,  -- What is wrong.
    c.why::varchar as why,  -- How that is known.
    c.status::varchar as status  -- open, or reported to the publisher.
from ref_corrections as c
join dim_article as a on a.url = c.url
join fct_figure as f
    on f.article_id = a.article_id
    and f.reporter = c.reporter
    and f.flow = c.flow
    and f.period = c.period
    and f.measure = c.measure
    and f.unit = c.unit
    and f.partner = coalesce(c.partner, 'World')
    and f.product = coalesce(c.product, 'all')
    and f.value = c.expect::decimal(24, 6)
order by f.figure_id
