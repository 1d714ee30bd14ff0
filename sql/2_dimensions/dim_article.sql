-- One version of one article, with its source and the release it belongs to. Its text is in stg_article.
with host as (
    select *, lower(regexp_extract(url, '^[a-z]+://([^/:]+)', 1)) as host
    from stg_article
), classed as (
    select
        *,
        case
            when regexp_matches(host, '(^|[.])customs[.]gov[.]cn$|(^|[.])stats[.]gov[.]cn$|census[.]gov$') then 'customs'
            when regexp_matches(host, '[.]gov([.][a-z]{2})?$|(^|[.])gov[.][a-z]{2}$|(^|[.])europa[.]eu$') then 'government'
            when regexp_matches(host, 'xinhua|chinanews|news[.]cn$|people[.]c|reuters|apnews|bloomberg|yna[.]co|kyodo')
                then 'agency'
            else 'unknown'
        end as class
    from host
)
select
    a.article_id,
    a.name,
    a.url,
    a.title,
    a.publisher,
    a.source,
    a.class::varchar as source_class,  -- customs, government, agency or unknown, by the address.
    case a.class when 'customs' then 1 when 'government' then 2 when 'agency' then 3 else 5 end::integer
        as source_rank,  -- 1 is believed first, 5 last.
    a.lang,
    a.published,
    a.fetched_at,
    a.version,
    a.status,
    a.reason,
    coalesce(r.release_id, a.article_id)::varchar
        as release_id,  -- The article first published of those with nearly the same figures: copies share it.
    a.n_chars,
    a.n_figures,
    a.n_numerals
from classed as a
left join bridge_article_release as r on r.article_id = a.article_id
order by a.article_id
