-- V58: what several articles state of one number overlaps; the excess is part of an amount, or of 100 for rates. All
-- are kept: later ones may be revisions.
with statement as (
    select cell_id, article_id, figure_id, lo, hi, case when measure = 'value' then null else 100 end as whole
    from chk_figure
    where bound = '=' and measure in ('value', 'quantity', 'count', 'price', 'value_yoy', 'share')
    qualify row_number() over (partition by cell_id, article_id order by hi - lo, figure_id) = 1
)
select
    '=' as relation,
    arg_min(lo, (hi, figure_id))::decimal(38, 6) as lhs_lo,
    min(hi)::decimal(38, 6) as lhs_hi,
    max(lo)::decimal(38, 6) as rhs_lo,
    arg_max(hi, (lo, figure_id))::decimal(38, 6) as rhs_hi,
    coalesce(any_value(whole), greatest(max(abs(hi)), 1))::double as scale,
    [arg_min(figure_id, (hi, figure_id)), arg_max(figure_id, (lo, figure_id))] as figure_ids,
    []::varchar[] as blame
from statement
group by cell_id
having count(*) > 1
