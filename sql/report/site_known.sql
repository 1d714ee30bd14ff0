-- What is known now of every number: reported rows of fct_best with the print of the winning statement.
select
    b.reporter, b.partner, b.flow, b.product, b.enterprise, b.regime, b.channel, b.period, b.measure, b.unit, b.growth_currency,
    b.of_cell, b.counted, b.rank_by, b.value, b.lo, b.hi, b.bound, f.step, b.agreement, b.n_releases, b.figure_id, b.article_id,
    b.cell_id, b.stance, null::varchar as rule, [b.figure_id] as inputs
from fct_best as b
join fct_figure as f on f.figure_id = b.figure_id
where b.known_to is null
order by b.reporter, b.flow, b.measure, b.product, b.partner, b.enterprise, b.regime, b.channel, b.period, b.cell_id
