-- Some figures as stated, with their sentence.
select
    s.figure_id, s.article_id, s.reporter, s.partner, s.flow, s.product, s.enterprise, s.regime, s.channel, s.period, s.measure,
    s.unit, s.of_cell, s.counted, s.rank_by, s.value, s.lo, s.hi, s.bound, s.step, s.printed, s.start, s."end", s.rule,
    f.quote, a.title, a.publisher, a.name, a.published, a.url, a.lang
from stg_figure as s
join dim_article as a on a.article_id = s.article_id
left join fct_figure as f on f.figure_id = s.figure_id
where s.figure_id in (select unnest(?))
