-- V67: the English and the Chinese article of one release state the same numbers (part of the number).
with statement as (
    select f.*, a.lang
    from chk_figure as f
    join dim_article as a on a.article_id = f.article_id
    where f.bound = '='
        -- only a release with articles in both languages has a translation
        and f.release_id in (select release_id from dim_article group by release_id having min(lang) <> max(lang))
)
select
    '=' as relation,
    e.lo::decimal(38, 6) as lhs_lo,
    e.hi::decimal(38, 6) as lhs_hi,
    z.lo::decimal(38, 6) as rhs_lo,
    z.hi::decimal(38, 6) as rhs_hi,
    greatest(abs(z.hi), 0.000001)::double as scale,
    [e.figure_id, z.figure_id] as figure_ids,
    [e.figure_id] as blame
from statement as e
join statement as z on z.release_id = e.release_id and z.number_key = e.number_key and z.lang = 'zh'
where e.lang = 'en'
qualify row_number() over (
    partition by e.figure_id order by greatest(e.lo - z.hi, z.lo - e.hi, 0), z.figure_id
) = 1
