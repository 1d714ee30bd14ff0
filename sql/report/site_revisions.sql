-- Levels that the following year's growth revises or not.
select
    reporter, partner, flow, product, enterprise, regime, channel, period, measure, unit, counted, published, published_lo,
    published_hi, published_figure_id, published_on, implied, implied_lo, implied_hi, implied_by, implied_on, revision_pct,
    excess_pct, verdict
from fct_revision
order by excess_pct desc, abs(revision_pct) desc, reporter, period
