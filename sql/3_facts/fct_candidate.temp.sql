-- One figure as stated by one version of one article, that the gates on single rows let pass.
with held as (
    select distinct figure_id, article_id from stg_quarantine where severity in ('R', 'Q')
), money as (
    -- the currency of the values beside a growth rate: the one an article uses most, else first
    select
        article_id,
        first(unit order by n desc, first_start) as currency
    from (
        select article_id, unit, count(*) as n, min(start) as first_start
        from stg_figure
        where measure = 'value'
        group by all
    )
    group by article_id
), again as (
    -- a figure id is one figure; a reader's slip that gives it twice is counted once
    select rowid as row
    from (select rowid, row_number() over (partition by figure_id order by start, rowid) as n from stg_figure)
    where n > 1
), scaled as (
    -- what is printed alike: the same kind of number in the same scale, "billion" beside "billion"
    select
        rowid as row,
        article_id,
        unit,
        starts_with(measure, 'value') as of_value,
        step,
        (step * power(10, length(regexp_extract(printed, '[.．]([0-9０-９]+)', 1))))::decimal(24, 6) as scale
    from stg_figure
    where bound = '=' and regexp_matches(printed, '[0-9０-９]')
), sibling as (
    select article_id, unit, of_value, scale, min(step) as finest
    from scaled
    group by all
), fine as (
    select
        f.*,
        coalesce(b.finest, f.step) as finest,
        json_extract_string(f.of_cell, ['$.reporter', '$.partner', '$.flow', '$.product', '$.enterprise',
            '$.regime', '$.channel', '$.period']) as o,
        case
            when f.unit in ('percent', 'pp') and (starts_with(f.measure, 'value_') or f.measure in
                ('share', 'share_change', 'growth_gap', 'contribution'))
                then coalesce(f.basis, m.currency)
        end as growth_currency,
        a.published,
        case
            when a.version = 1 then coalesce(a.published, a.fetched_at::date)
            -- a page that was changed keeps its date: what it says now was known when it was fetched
            else greatest(a.published, a.fetched_at::date)
        end as known_from,
        substr(a.text, greatest(f.start - 400, 0) + 1, least(f.start, 400)) as before,
        substr(a.text, f."end" + 1, 400) as after
    from stg_figure as f
    join stg_article as a on a.article_id = f.article_id
    left join money as m on m.article_id = f.article_id
    left join scaled as s on s.row = f.rowid
    left join sibling as b
        on b.article_id = s.article_id and b.unit = s.unit and b.of_value = s.of_value and b.scale = s.scale
    where
        f.figure_id not in (select figure_id from held where figure_id is not null)
        and f.article_id not in (select article_id from held where figure_id is null and article_id is not null)
        and f.rowid not in (select row from again)
)
select
    figure_id,
    article_id,
    left(md5(concat_ws('|', reporter, partner, flow, product, enterprise, regime, channel, period, measure, unit,
        stance, coalesce(growth_currency, ''), coalesce(counted, ''), coalesce(rank_by, ''),
        coalesce(of_cell, ''))), 16)::varchar
        as cell_id,  -- Hash of all that two statements must share to speak of one number.
    reporter,
    partner,
    flow,
    product,
    enterprise,
    regime,
    channel,
    period,
    measure,
    unit,
    growth_currency::varchar
        as growth_currency,  -- Currency a rate or share is measured in: as said, else that of the values beside it.
    stance,
    basis,
    counted,
    rank_by,
    of_cell,
    o[1]::varchar as of_reporter,  -- Reporter of the other cell; null where it is the same.
    o[2]::varchar as of_partner,  -- Partner of the other cell; null where it is the same.
    o[3]::varchar as of_flow,  -- Flow of the other cell; null where it is the same.
    o[4]::varchar as of_product,  -- Product of the other cell; null where it is the same.
    o[5]::varchar as of_enterprise,  -- Enterprise of the other cell; null where it is the same.
    o[6]::varchar as of_regime,  -- Regime of the other cell; null where it is the same.
    o[7]::varchar as of_channel,  -- Channel of the other cell; null where it is the same.
    o[8]::varchar as of_period,  -- Period of the other cell; null where it is the same.
    value,
    bound,
    step,
    lo,
    hi,
    case when bound = '=' then (value - finest * 0.5) else lo end::decimal(24, 6)
        as lo_tight,  -- Lowest number, if trailing zeros were dropped: width of the finest sibling.
    case when bound = '=' then (value + finest * 0.5) else hi end::decimal(24, 6)
        as hi_tight,  -- Highest number, if trailing zeros were dropped: width of the finest sibling.
    printed,
    start,
    "end",
    n_places,
    rule,
    published,
    known_from,  -- Day from which it was known: of publication; of fetching where undated or changed later.
    trim(
        regexp_replace(before, '(?s)^.*(?:[。！？!?\n\r]|[a-z0-9%)”"’][.]\s)', '')
        || printed
        || regexp_extract(after, '(?s)^(?:[.](?:\s|$)|.*?(?:[。！？!?]|[a-z0-9%)”"’][.](?:\s|$)|\n|\r|$))'),
        e' \n\r\t'
    )::varchar as quote  -- The sentence around its first place.
from fine
