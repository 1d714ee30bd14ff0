-- One version of one article, with its source and the release it belongs to. Its text is in stg_article.
with host as (
    select *, lower(regexp_extract(url, '^[a-z]+://([^/:]+)', 1)) as host
    from stg_article
), said as (
    -- the newest word of the table of sources, for each address that brought the article
    select sha256, url, arg_max(source_class, fetched_at) as class, arg_max(source_rank, fetched_at) as rank
    from stg_receipt
    group by sha256, url
), classed as (
    select
        h.*,
        s.rank,
        case
            when s.class is not null then s.class
            when regexp_matches(host, '(^|[.])customs[.]gov[.]cn$|(^|[.])stats[.]gov[.]cn$|census[.]gov$') then 'customs'
            when regexp_matches(host, '[.]gov([.][a-z]{2})?$|(^|[.])gov[.][a-z]{2}$|(^|[.])europa[.]eu$') then 'government'
            when regexp_matches(host, 'xinhua|chinanews|news[.]cn$|people[.]c|reuters|apnews|bloomberg|yna[.]co|kyodo')
                then 'agency'
            else 'unknown'
        end as class
    from host as h
    left join said as s on s.sha256 = h.sha256 and s.url = h.url
)
select
    a.article_id,
    a.name,
    a.url,
    a.title,
    a.publisher,
    a.source,
    a.class::varchar
        as source_class,  -- customs, government, agency, reprint, aggregator or unknown: as the source says, else by the address.
    coalesce(
        a.rank,
        case a.class
            when 'customs' then 1 when 'government' then 2 when 'agency' then 3 when 'reprint' then 4 else 5
        end
    )::integer as source_rank,  -- 1 is believed first; as the source says, else by its class.
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
