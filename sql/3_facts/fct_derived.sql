-- One computed figure per rule and inputs, with the interval its inputs allow: never mixed with reported values.
with every as (
    select * from drv_prior_level
    union all by name select * from drv_flow
    union all by name select * from drv_ytd
    union all by name select * from drv_share
    union all by name select * from drv_contribution
    union all by name select * from drv_growth_gap
    union all by name select * from drv_growth_of_levels
    union all by name select * from drv_whole
    union all by name select * from drv_exchange_rate
)
select
    left(md5(rule || array_to_string(inputs, '|') || flow || unit || coalesce(of_cell, '')), 16)::varchar
        as derived_id,  -- Hash of the rule and its inputs.
    rule::varchar as rule,  -- prior_level, missing_flow, month_from_ytd, share_of_levels, whole_from_share, ...
    reporter,
    partner,
    flow,
    product,
    enterprise,
    regime,
    channel,
    period,
    measure::varchar as measure,  -- As in fct_figure; exchange_rate besides.
    unit::varchar as unit,  -- As in fct_figure; CNY/USD of an exchange rate.
    counted,
    of_cell,
    value::decimal(24, 6) as value,  -- The number computed from the values of the inputs.
    lo::decimal(24, 6) as lo,  -- Lowest number that the inputs' intervals allow.
    hi::decimal(24, 6) as hi,  -- Highest number that the inputs' intervals allow.
    inputs::varchar[] as inputs,  -- The figures it is made of, in the order of the rule.
    known_from::date as known_from  -- Day from which all inputs were known.
from every
where abs(value) < 1e17 and abs(lo) < 1e17 and abs(hi) < 1e17
order by reporter, flow, measure, product, partner, period, derived_id
