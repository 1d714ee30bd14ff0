-- One growth rate that at least one article states and none contradicts.
select
    cell_anywhere,
    any_value(period) as period,
    any_value(unit) as unit,
    any_value(year) as year,
    any_value(month_to) as month_to,
    any_value(months) as months,
    any_value(from_january) as from_january,
    any_value(last_day) as last_day,
    max(lo) as lo,
    min(hi) as hi,
    list(figure_id order by known_from, figure_id) as figure_ids,
    hash(any_value(reporter), any_value(partner), any_value(flow), any_value(product), any_value(enterprise),
        any_value(regime), any_value(channel), any_value(unit)) as series
from chk_growth
where flow <> 'balance'
group by cell_anywhere
having max(lo) <= min(hi)
