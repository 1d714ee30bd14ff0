-- Numbers on which articles disagree.
select
    reporter, partner, flow, product, enterprise, regime, channel, period, measure, unit, of_cell, low_value, low_figure_id,
    high_value, high_figure_id, gap, n_statements, shown_figure_id
from fct_conflict
order by reporter, period desc, measure
