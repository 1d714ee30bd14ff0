-- V64: an article comes from a known kind of publisher, or another release bears out one of its figures.
with backed as (
    select distinct f.article_id
    from chk_figure as f
    where f.bound = '=' and hash(f.number_key, f.value) in (
        select hash(number_key, value) from chk_figure where bound = '=' group by all having min(release_id) <> max(release_id)
    )
)
select
    a.article_id,
    coalesce(a.publisher, a.name, a.article_id) as subject,
    '=' as relation,
    (a.source_class = 'unknown' and b.article_id is null)::int::decimal(38, 6) as lhs_lo,
    (a.source_class = 'unknown' and b.article_id is null)::int::decimal(38, 6) as lhs_hi,
    0::decimal(38, 6) as rhs_lo,
    0::decimal(38, 6) as rhs_hi,
    1::double as scale,
    []::varchar[] as figure_ids,
    []::varchar[] as blame
from dim_article as a
left join backed as b on b.article_id = a.article_id
where a.status = 'read'
