-- Other statements of the same cell, for the figures of some articles.
select
    f.article_id, f.figure_id, o.figure_id as other_id, o.article_id as other_article, o.value, o.lo, o.hi, o.bound, o.step,
    o.measure, o.unit, o.published, a.name, a.publisher
from fct_figure as f
join fct_figure as o on o.cell_id = f.cell_id and o.figure_id <> f.figure_id
join dim_article as a on a.article_id = o.article_id
where f.article_id in (select unnest(?))
order by f.article_id, f.figure_id, o.published, o.figure_id
