-- One figure as stated by one version of one article, that every gate let pass: the atomic fact.
with held as (
    select distinct figure_id, article_id from stg_quarantine where severity in ('R', 'Q')
)
select f.*
from fct_candidate as f
where
    f.figure_id not in (select figure_id from held where figure_id is not null)
    and f.article_id not in (select article_id from held where figure_id is null and article_id is not null)
order by reporter, flow, measure, product, partner, period, figure_id
