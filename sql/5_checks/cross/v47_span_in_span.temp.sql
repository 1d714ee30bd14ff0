-- V47: the amount of a span is not larger than that of a longer span around it, in one article, or in two within a year.
with pair as (
    select a.lo, a.hi, b.lo as whole_lo, b.hi as whole_hi, [a.figure_id, b.figure_id] as figure_ids,
        [a.figure_id] as blame
    from chk_level as a
    join chk_level as b on b.article_id = a.article_id and b.reporter = a.reporter and b.partner = a.partner
        and b.flow = a.flow and b.product = a.product and b.enterprise = a.enterprise and b.regime = a.regime
        and b.channel = a.channel and b.unit = a.unit
    where a.flow <> 'balance' and a.first_day >= b.first_day and a.last_day <= b.last_day and a.period <> b.period
    union all
    select a.lo, a.hi, b.lo, b.hi, a.figure_ids[:3] || b.figure_ids[:3], a.figure_ids
    from chk_best as a
    join chk_best as b on b.series = a.series and b.year = a.year
    where a.first_day >= b.first_day and a.last_day <= b.last_day and a.months < b.months
        and not list_has_any(a.article_ids, b.article_ids)
        -- cuts of the year to date are V44
        and not (a.from_january and b.from_january)
)
select
    '<=' as relation,
    lo::decimal(38, 6) as lhs_lo,
    hi::decimal(38, 6) as lhs_hi,
    whole_lo::decimal(38, 6) as rhs_lo,
    whole_hi::decimal(38, 6) as rhs_hi,
    whole_hi::double as scale,
    figure_ids,
    blame
from pair
where whole_hi > 0
