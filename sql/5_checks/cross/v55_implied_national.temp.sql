-- V55: the national amount that a part and its share of the country imply is the same in every article, and is the one
-- that is published (part of it).
with implied as (
    select
        s.whole_anywhere,
        100 * p.lo::double / s.hi::double as lo,
        100 * p.hi::double / s.lo::double as hi,
        [p.figure_id, s.figure_id] as figure_ids
    from chk_share as s
    join chk_level as p on p.cell = s.cell
    where s.lo > 0 and p.lo > 0 and s.of_reporter is not null and s.axis = 'reporter'
    union all
    select cell_anywhere, lo::double, hi::double, figure_ids[:3]
    from chk_best
    where cell_anywhere in (select whole_anywhere from chk_share where of_reporter is not null)
),
spread as (
    select
        max(lo) as high_lo,
        -- of equal ones always the same
        arg_max(hi, {lo: lo, ids: figure_ids}) as high_hi,
        arg_min(lo, {hi: hi, ids: figure_ids}) as low_lo,
        min(hi) as low_hi,
        arg_max(figure_ids, {lo: lo, ids: figure_ids}) || arg_min(figure_ids, {hi: hi, ids: figure_ids}) as figure_ids
    from implied
    group by whole_anywhere
    having count(*) > 1
)
select
    '=' as relation,
    low_lo::decimal(38, 6) as lhs_lo,
    low_hi::decimal(38, 6) as lhs_hi,
    high_lo::decimal(38, 6) as rhs_lo,
    high_hi::decimal(38, 6) as rhs_hi,
    high_hi as scale,
    figure_ids,
    []::varchar[] as blame
from spread
