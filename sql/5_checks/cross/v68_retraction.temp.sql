-- V68: no article holds as a figure what this article, a correction notice, takes back; the left side counts the numerals
-- taken back.
with notice as (
    select article_id
    from stg_article
    where regexp_matches(left(text, 400), '(?i)更正|勘误|勘誤|correction|corrected|corrigendum|erratum|retract')
)
select
    n.article_id,
    'correction notice' as subject,
    '=' as relation,
    count(*)::decimal(38, 6) as lhs_lo,
    count(*)::decimal(38, 6) as lhs_hi,
    0::decimal(38, 6) as rhs_lo,
    0::decimal(38, 6) as rhs_hi,
    1::double as scale,
    []::varchar[] as figure_ids,
    []::varchar[] as blame
from stg_numeral as m
join notice as n on n.article_id = m.article_id
where m.fate = 'non_figure' and m.reason = 'reference'
group by n.article_id
