-- Which published levels does next year's growth quietly revise, and by how much?
select reporter, period, flow, product, partner, published / 1e9 as published_bn, implied_lo / 1e9 as implied_lo, implied_hi / 1e9 as implied_hi,
    round(revision_pct, 2) as revision_pct, verdict
from fct_revision
where measure = 'value'
order by excess_pct desc, abs(revision_pct) desc
limit 10
