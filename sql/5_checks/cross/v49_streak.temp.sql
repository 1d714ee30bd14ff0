-- V49: within a streak of months or quarters every known growth has one sign; the left side counts those that have
-- the rarer sign.
with span as (
    select
        *,
        case printed_unit when 'months' then value::integer when 'quarters' then 3 * value::integer end as months_back,
        case printed_unit when 'months' then 1 when 'quarters' then 3 end as length
    from chk_figure
    where measure = 'streak' and printed_unit in ('months', 'quarters') and value between 2 and 200
),
known as (
    select s.figure_id, sign(g.value) as sign, g.figure_id as growth_id
    from span as s
    join chk_figure as g on g.measure in ('value_yoy') and g.reporter = s.reporter and g.partner = s.partner
        and g.flow = s.flow and g.product = s.product and g.enterprise = s.enterprise and g.regime = s.regime
        and g.channel = s.channel and g.months = s.length and g.value <> 0
    where g.last_day <= s.last_day and g.last_day > s.last_day - to_months(s.months_back)
)
select
    '=' as relation,
    least(count(*) filter (sign > 0), count(*) filter (sign < 0))::decimal(38, 6) as lhs_lo,
    least(count(*) filter (sign > 0), count(*) filter (sign < 0))::decimal(38, 6) as lhs_hi,
    0::decimal(38, 6) as rhs_lo,
    0::decimal(38, 6) as rhs_hi,
    1::double as scale,
    [figure_id] || list(growth_id order by growth_id)[:20] as figure_ids,
    []::varchar[] as blame
from known
group by figure_id
