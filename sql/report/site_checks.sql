-- The checks that the figures of some articles took part in.
with taken as (
    select c.check_id, c.rule, c.verdict, c.subject, unnest(c.figure_ids) as figure_id
    from fct_check as c
)
select f.article_id, t.figure_id, t.check_id, t.rule, t.verdict
from taken as t
join stg_figure as f on f.figure_id = t.figure_id
where f.article_id in (select unnest(?))
order by f.article_id, t.figure_id, t.rule, t.check_id
