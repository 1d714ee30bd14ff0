-- V39: a share less its printed change is the share of a year before: as printed there, else as the growths of part
-- and whole imply it (percentage points).
with shift as (
    select
        s.article_id, s.figure_id as share_id, c.figure_id as change_id, s.cell, s.whole,
        s.lo - c.hi as lo, s.hi - c.lo as hi, s.lo as share_lo, s.hi as share_hi, s.axis, s.of_cell,
        hash(s.article_id, s.reporter, s.partner, s.flow, s.product, s.enterprise, s.regime, s.channel, s.year_before,
            s.unit) as cell_before
    from chk_share as s
    join chk_figure as c on c.cell = s.cell and c.of_cell = s.of_cell
    where c.measure = 'share_change' and c.bound = '='
),
before as (
    select t.*, b.lo as found_lo, b.hi as found_hi, [t.share_id, t.change_id, b.figure_id] as figure_ids
    from shift as t
    join chk_share as b on b.cell = t.cell_before and b.of_cell = t.of_cell
    union all
    select t.*,
        t.share_lo::double * (1 + w.lo::double / 100) / (1 + p.hi::double / 100),
        t.share_hi::double * (1 + w.hi::double / 100) / (1 + p.lo::double / 100),
        [t.share_id, t.change_id, p.figure_id, w.figure_id]
    from shift as t
    join chk_growth as p on p.cell = t.cell
    join chk_growth as w on w.cell = t.whole
    where p.lo > -90 and w.lo > -90
)
select
    '=' as relation,
    lo::decimal(38, 6) as lhs_lo,
    hi::decimal(38, 6) as lhs_hi,
    found_lo::decimal(38, 6) as rhs_lo,
    found_hi::decimal(38, 6) as rhs_hi,
    1::double as scale,
    figure_ids,
    []::varchar[] as blame
from before
