-- V32: a share is its part divided by its whole, both in the same article (percentage points). Where the article has
-- several amounts for one of them, the share is right if any of them bears it out.
with pair as (
    select
        s.figure_id,
        s.lo,
        s.hi,
        p.figure_id as part_id,
        w.figure_id as whole_id,
        100 * p.lo::double / w.hi as found_lo,
        100 * p.hi::double / w.lo as found_hi
    from chk_share as s
    join chk_level as p on p.cell = s.cell
    join chk_level as w on w.cell = s.whole and w.figure_id <> p.figure_id
    where w.lo > 0 and p.lo >= 0 and p.hi::double / w.lo < 1e12
    qualify row_number() over (
        partition by s.figure_id
        order by greatest(s.lo::double - found_hi, found_lo - s.hi::double, 0), p.figure_id, w.figure_id
    ) = 1
)
select
    '=' as relation,
    lo::decimal(38, 6) as lhs_lo,
    hi::decimal(38, 6) as lhs_hi,
    found_lo::decimal(38, 6) as rhs_lo,
    found_hi::decimal(38, 6) as rhs_hi,
    1::double as scale,
    [figure_id, part_id, whole_id] as figure_ids,
    [figure_id, part_id] as blame
from pair
