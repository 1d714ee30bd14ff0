-- What the site shows of computed figures, in the shape of site_known.
select
    reporter, partner, flow, product, enterprise, regime, channel, period, measure, unit, null::varchar as growth_currency,
    of_cell, counted, null::varchar as rank_by, value, lo, hi, '=' as bound, null::decimal(24, 6) as step, 'derived' as agreement,
    0 as n_releases, inputs[1] as figure_id, null::varchar as article_id,
    derived_id as cell_id, 'reported' as stance, rule, inputs
from fct_derived
where
    (measure in ('value', 'share') or (measure = 'contribution' and unit = 'pp'))
    and rule not in ('whole_from_share', 'rate_of_values')
order by reporter, flow, measure, product, partner, enterprise, regime, channel, period, derived_id
