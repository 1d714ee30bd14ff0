-- Every staged figure is a fact or waits in quarantine with a rule, and never both.
select f.figure_id, f.article_id, g.figure_id is not null as is_fact, q.figure_id is not null as is_held
from stg_figure as f
left join fct_figure as g on g.figure_id = f.figure_id
left join (
    select distinct f.figure_id
    from stg_quarantine as q
    join stg_figure as f on q.figure_id = f.figure_id or (q.figure_id is null and q.article_id = f.article_id)
    where q.severity in ('R', 'Q')
) as q on q.figure_id = f.figure_id
where (g.figure_id is null) = (q.figure_id is null)
