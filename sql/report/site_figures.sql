-- The figures of some articles as stated, with the quarantine's word where a gate held one back.
with held as (
    select figure_id, string_agg(rule || ': ' || detail, '; ' order by rule) as held
    from stg_quarantine
    where severity in ('R', 'Q') and figure_id is not null
    group by figure_id
)
select
    s.article_id, s.figure_id, s.reporter, s.partner, s.flow, s.product, s.enterprise, s.regime, s.channel, s.period, s.measure,
    s.unit, s.of_cell, s.counted, s.rank_by, s.basis, s.stance, s.value, s.lo, s.hi, s.bound, s.step, s.rule, s.printed, s.start,
    f.cell_id, h.held
from stg_figure as s
left join fct_figure as f on f.figure_id = s.figure_id
left join held as h on h.figure_id = s.figure_id
where s.article_id in (select unnest(?))
order by s.article_id, s.start, s.figure_id
