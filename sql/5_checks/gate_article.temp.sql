-- What the gates see of each staged article; figure_ids names its figures, so that a failing article holds them back.
with
figure as (
    select
        f.article_id,
        count(*) as figures,
        count(*) filter (f.measure = 'value') as amounts,
        count(*) filter (f.measure = 'value_yoy') as growths,
        string_agg(f.figure_id, ' ' order by f.figure_id) as figure_ids,
        max(try_cast(case when len(split_part(f.period, '/', 2)) = 7
            then last_day(try_cast(split_part(f.period, '/', 2) || '-01' as date))
            else try_cast(split_part(f.period, '/', 2) as date) end as date)) filter (f.stance = 'reported') as newest
    from stg_figure as f
    group by f.article_id
),
numeral as (
    select
        article_id,
        count(*) as numerals,
        count(*) filter (fate = 'unresolved') as unresolved,
        count(*) filter (
            fate is null
            or (fate = 'figure' and coalesce(len(figure_ids), 0) = 0)
            or (fate <> 'figure' and coalesce(reason, '') = '')
        ) as unaccounted
    from stg_numeral
    group by article_id
),
-- A figure whose first place no numeral of the article owns is as unaccounted as a numeral without fate.
orphan as (
    select f.article_id, count(*) as orphans
    from stg_figure as f
    where not exists (
        select 1 from stg_numeral as n
        where n.article_id = f.article_id and n.start <= f.start and n."end" >= f."end"
    )
    and not exists (
        select 1 from stg_numeral as n
        where n.article_id = f.article_id and n.start >= f.start and n."end" <= f."end"
    )
    group by f.article_id
)
select
    a.article_id,
    row_number() over (partition by a.article_id) as nth_of_id,
    a.status,
    year(a.published) as published_year,
    date_diff('day', cast(a.fetched_at as date), a.published) as days_after_fetch,
    date_diff('day', f.newest, a.published) as days_after_period,
    coalesce(f.figures, 0) as figures,
    case when f.amounts >= 5 then f.growths / f.amounts end as growth_ratio,
    coalesce(n.numerals, 0) as numerals,
    coalesce(n.unaccounted, 0) + coalesce(o.orphans, 0) as unaccounted,
    case when n.numerals > 0 then n.unresolved / n.numerals end as unresolved_share,
    f.figure_ids
from stg_article as a
left join figure as f using (article_id)
left join numeral as n using (article_id)
left join orphan as o using (article_id)
