-- One amount that at least one article states and none contradicts: what every statement of it allows.
select
    cell_anywhere,
    any_value(reporter) as reporter,
    any_value(partner) as partner,
    any_value(flow) as flow,
    any_value(product) as product,
    any_value(enterprise) as enterprise,
    any_value(regime) as regime,
    any_value(channel) as channel,
    any_value(period) as period,
    any_value(unit) as unit,
    any_value(year) as year,
    any_value(month_to) as month_to,
    any_value(months) as months,
    any_value(kind) as kind,
    any_value(from_january) as from_january,
    any_value(year_before) as year_before,
    any_value(first_day) as first_day,
    any_value(last_day) as last_day,
    any_value(reporter_kind) as reporter_kind,
    any_value(reporter_parent) as reporter_parent,
    any_value(partner_kind) as partner_kind,
    max(lo) as lo,
    min(hi) as hi,
    list(distinct article_id) as article_ids,
    count(distinct release_id) as releases,
    min(known_from) as known_from,
    list(figure_id order by known_from, figure_id) as figure_ids,
    hash(any_value(reporter), any_value(partner), any_value(flow), any_value(product), any_value(enterprise),
        any_value(regime), any_value(channel), any_value(unit)) as series
from chk_level
where flow <> 'balance'
group by cell_anywhere
having max(lo) <= min(hi)
