-- V59: an article tells of a release of its own: less than nine tenths of its numbers stand in one published before. The
-- left side is that part; a number that more than eight articles have tells nothing of copying.
with claim as (
    select distinct article_id, known_from, hash(number_key, value) as claim
    from chk_figure
),
shared as (
    select *, count(*) over (partition by claim) as articles, count(*) over (partition by article_id) as size
    from claim
),
pair as (
    select a.article_id, b.article_id as other, count(*) / any_value(a.size) as part
    from shared as a
    join shared as b on b.claim = a.claim and (b.known_from, b.article_id) < (a.known_from, a.article_id)
    where a.articles between 2 and 8 and a.size >= 3
    group by a.article_id, b.article_id
),
copied as (
    select article_id, part, other from pair
    union all
    select article_id, 1, release_id from bridge_article_release where not is_first
)
select
    article_id,
    'numbers of article ' || arg_max(other, (part, other)) as subject,
    '<=' as relation,
    max(part)::decimal(38, 6) as lhs_lo,
    max(part)::decimal(38, 6) as lhs_hi,
    0::decimal(38, 6) as rhs_lo,
    0.899999::decimal(38, 6) as rhs_hi,
    1::double as scale,
    []::varchar[] as figure_ids,
    []::varchar[] as blame
from copied
group by article_id
