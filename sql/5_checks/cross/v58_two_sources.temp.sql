-- V58: what several articles state of one number overlaps; the excess is part of an amount, or of 100 for rates. All
-- are kept: later ones may be revisions.
with stated as (
    select number_key, article_id, figure_id, lo, hi, measure
    from chk_figure
    where bound = '=' and measure in ('value', 'quantity', 'count', 'price', 'value_yoy', 'share')
),
several as (
    select number_key
    from stated
    group by number_key
    having min(article_id) <> max(article_id)
),
statement as (
    select
        number_key,
        arg_min(lo, (hi - lo, figure_id)) as lo,
        arg_min(hi, (hi - lo, figure_id)) as hi,
        arg_min(figure_id, (hi - lo, figure_id)) as figure_id,
        case when any_value(measure) in ('value_yoy', 'share') then 100 end as whole
    from stated
    where number_key in (select number_key from several)
    group by number_key, article_id
)
select
    '=' as relation,
    arg_min(lo, (hi, figure_id))::decimal(38, 6) as lhs_lo,
    min(hi)::decimal(38, 6) as lhs_hi,
    max(lo)::decimal(38, 6) as rhs_lo,
    arg_max(hi, (lo, figure_id))::decimal(38, 6) as rhs_hi,
    coalesce(any_value(whole), greatest(max(abs(hi)), 0.000001))::double as scale,
    [arg_min(figure_id, (hi, figure_id)), arg_max(figure_id, (lo, figure_id))] as figure_ids,
    []::varchar[] as blame
from statement
group by number_key
