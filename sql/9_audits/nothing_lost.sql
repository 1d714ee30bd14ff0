-- Every staged figure is a fact or waits in quarantine with a rule, and never both.
with held as (
    select figure_id from stg_quarantine where severity in ('R', 'Q') and figure_id is not null
    union
    select f.figure_id
    from stg_quarantine as q
    join stg_figure as f on f.article_id = q.article_id
    where q.severity in ('R', 'Q') and q.figure_id is null
)
select f.figure_id, f.article_id, g.figure_id is not null as is_fact, h.figure_id is not null as is_held
from stg_figure as f
left join fct_figure as g on g.figure_id = f.figure_id
left join held as h on h.figure_id = f.figure_id
where (g.figure_id is null) = (h.figure_id is null)
