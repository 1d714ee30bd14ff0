-- V66: the lists of an article that says "respectively" align; what does not is unresolved, and counted here.
with listing as (
    select article_id, text
    from stg_article
    where regexp_matches(text, '(?i)\brespectively\b|分别|分別|依次')
),
loose as (
    select
        n.article_id,
        count(*) filter (
            n.fate = 'unresolved'
            -- a list is a run: another unresolved numeral stands within 80 characters
            and least(n.start - n.before, n.after - n.start) <= 80
        ) as loose
    from (
        select *,
            coalesce(lag(start) over near, -1000) as before,
            coalesce(lead(start) over near, 1000000000) as after
        from stg_numeral
        where fate = 'unresolved'
        window near as (partition by article_id order by start)
    ) as n
    group by n.article_id
)
select
    l.article_id,
    'lists' as subject,
    '=' as relation,
    coalesce(o.loose, 0)::decimal(38, 6) as lhs_lo,
    coalesce(o.loose, 0)::decimal(38, 6) as lhs_hi,
    0::decimal(38, 6) as rhs_lo,
    0::decimal(38, 6) as rhs_hi,
    1::double as scale,
    []::varchar[] as figure_ids,
    []::varchar[] as blame
from listing as l
left join loose as o on o.article_id = l.article_id
