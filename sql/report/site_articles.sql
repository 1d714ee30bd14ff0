-- Every article with its hash and counts of what became of its numerals.
with fate as (
    select
        article_id, count(*) filter (where fate = 'unresolved' or reason = 'unresolved') as unresolved,
        count(*) filter (where quarantined) as quarantined
    from fct_numeral
    group by article_id
)
select
    a.article_id, a.name, a.url, a.title, a.publisher, a.source, a.source_class, a.lang, a.published, a.status, a.reason,
    a.release_id, a.n_chars, a.n_figures, a.n_numerals, coalesce(f.unresolved, 0) as unresolved,
    coalesce(f.quarantined, 0) as quarantined, s.sha256
from dim_article as a
join stg_article as s on s.article_id = a.article_id
left join fate as f on f.article_id = a.article_id
order by a.published desc nulls last, a.article_id
