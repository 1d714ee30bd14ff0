-- Levels in money known now, with the printed growth, share and rank of the same cell: what the marts are cut from.
with known as (
    select *
    from fct_best
    where known_to is null and stance = 'reported' and counted is null
), cell as (
    select
        reporter, flow, partner, product, enterprise, regime, channel, period,
        max(value) filter (where measure = 'value' and unit = 'CNY') as value_cny,
        max(value) filter (where measure = 'value' and unit = 'USD') as value_usd,
        max(value) filter (where measure = 'value_yoy' and growth_currency = 'CNY' and of_cell is null) as yoy_cny,
        max(value) filter (where measure = 'value_yoy' and growth_currency = 'USD' and of_cell is null) as yoy_usd,
        arg_min(
            {currency: unit, value: value, lo: lo, hi: hi, bound: bound, agreement: agreement, figure: figure_id},
            (bound <> '=', case unit when 'CNY' then 0 when 'USD' then 1 else 2 end, unit)
        ) filter (where measure = 'value') as level,
        arg_min({value: value, currency: growth_currency, figure: figure_id},
            (bound <> '=', case growth_currency when 'CNY' then 0 when 'USD' then 1 else 2 end, growth_currency))
            filter (where measure = 'value_yoy' and of_cell is null) as growth,
        arg_min(value, (bound <> '=', length(of_cell), of_cell)) filter (
            where measure = 'share' and of_reporter is null and of_period is null and of_flow is null
        ) as share_printed,
        arg_min({value: value, among: coalesce(of_reporter, of_partner, of_cell)},
            (bound <> '=', of_reporter is null, of_cell)) filter (where measure = 'rank' and rank_by is null) as rank
    from known
    where measure in ('value', 'value_yoy', 'share', 'rank')
    group by all
), computed as (
    select
        reporter, flow, partner, product, enterprise, regime, channel, period,
        arg_min(value, (unit <> 'percent', of_cell, derived_id)) as share_computed
    from fct_derived
    where rule = 'share_of_levels' and not starts_with(of_cell, '{"reporter"')
    group by all
)
select
    c.reporter,
    c.flow,
    c.partner,
    c.product,
    c.enterprise,
    c.regime,
    c.channel,
    c.period,
    c.level.currency::varchar as currency,  -- Currency of value, lo and hi: yuan if printed, else dollars, else another.
    c.level.value::decimal(24, 6) as value,  -- The level in that currency; null where only growth, share or rank is known.
    c.level.lo::decimal(24, 6) as lo,  -- Lowest number that the print allows.
    c.level.hi::decimal(24, 6) as hi,  -- Highest number that the print allows.
    c.level.bound::varchar as bound,  -- = as stated, ~ about, < nearly, > over.
    c.value_cny::decimal(24, 6) as value_cny,  -- The level in yuan, as printed.
    c.value_usd::decimal(24, 6) as value_usd,  -- The level in US dollars, as printed.
    c.yoy_cny::decimal(24, 6) as yoy_cny,  -- Printed growth on a year before, in yuan, percent.
    c.yoy_usd::decimal(24, 6) as yoy_usd,  -- Printed growth on a year before, in US dollars, percent.
    c.growth.value::decimal(24, 6) as yoy,  -- Printed growth on a year before: in yuan if known, else as printed.
    coalesce(c.share_printed, s.share_computed)::decimal(24, 6)
        as share_of_total,  -- Percent of the reporter's whole that differs in one field, printed or else computed.
    case when c.share_printed is not null then 'printed' when s.share_computed is not null then 'computed' end::varchar
        as share_how,  -- printed, or computed from two levels.
    c.rank.value::integer as rank,  -- Printed place in an order, 1 = largest.
    c.rank.among::varchar as rank_among,  -- Among the parts of whom: China, or World for partners.
    c.level.agreement::varchar as agreement,  -- single, agree or conflict, of the level.
    coalesce(c.level.figure, c.growth.figure)::varchar as figure_id  -- The statement behind the level, else the growth.
from cell as c
left join computed as s
    on s.reporter = c.reporter and s.flow = c.flow and s.partner = c.partner and s.product = c.product
    and s.enterprise = c.enterprise and s.regime = c.regime and s.channel = c.channel and s.period = c.period
where c.level is not null or c.growth is not null
