-- What the row gates see of each staged figure: facts about it that an expectation can bound.
-- No money stands here: a frame holds floats, so what depends on an exact value is decided by DECIMAL in SQL. Answers are
-- 1, 0 or null (cannot be told).
with
currency as (
    select unnest(string_split('CNY USD EUR JPY INR KRW BRL VND MXN AUD TRY GBP HKD MOP TWD SGD THB MYR IDR RUB '
        || 'KZT CAD CHF NZD ZAR AED SAR PLN CZK HUF SEK NOK DKK PHP PKR BDT LKR MMK KHR LAK MNT NGN EGP KES ARS '
        || 'CLP COP PEN UZS ILS XDR', ' ')) as code
),
-- Both are rare, so only they are numbered.
shared_id as (
    select figure_id, count(*) as n from stg_figure group by figure_id having count(*) > 1
),
keyed as (
    select
        figure_id,
        start,
        hash(
            article_id, reporter, partner, flow, product, enterprise, regime, channel, period, measure, unit, value_text,
            bound, stance, basis, counted, rank_by, of_cell
        ) as key
    from stg_figure
),
again as (
    select figure_id, row_number() over (partition by key order by start, figure_id) as nth
    from keyed
    where key in (select key from keyed group by key having count(*) > 1)
),
place as (
    select
        p.figure_id,
        bool_and(p."end" > p.start and substr(a.text, p.start + 1, p."end" - p.start) = p.printed) as quote_ok
    from stg_place as p
    join stg_article as a using (article_id)
    group by p.figure_id
),
dated as (
    select
        *,
        case length(split_part(period, '/', 1))
            when 7 then try_cast(split_part(period, '/', 1) || '-01' as date)
            when 10 then try_cast(split_part(period, '/', 1) as date)
        end as first_day,
        case length(split_part(period, '/', 2))
            when 7 then last_day(try_cast(split_part(period, '/', 2) || '-01' as date))
            when 10 then try_cast(split_part(period, '/', 2) as date)
        end as final_day
    from stg_figure
),
-- The second reading of the printed numeral, by other means than the reader's: full-width characters and
-- signs folded, thousands separators dropped, then the only number and the scale or unit behind it.
folded as (
    select
        *,
        -- twice, since a match eats the digit that the next one starts with: 1,234,567
        regexp_replace(regexp_replace(
            lower(translate(
                printed,
                '０１２３４５６７８９．，％－　' || chr(160) || chr(8239) || chr(8201), '0123456789.,%-    '
            )),
            '(\d)[, ](\d{3})', '\1\2', 'g'
        ), '(\d)[, ](\d{3})', '\1\2', 'g') as folded
    from dated
),
parsed as (
    select
        *,
        len(regexp_extract_all(folded, '\d+')) - len(regexp_extract_all(folded, '\d\.\d')) as numbers,
        try_cast(regexp_extract(folded, '\d+(\.\d+)?') as decimal(20, 6)) as number,
        trim(regexp_extract(folded, '\d[\d,.]*(.*)$', 1), ' -') as tail
    from folded
),
scaled as (
    select
        *,
        cast(case
            when tail = '' then 1
            when regexp_matches(tail, '^[余多]?(万亿|萬億)|^兆|^(trillion|trln|tn|lakh crore)') then 1000000000000
            when regexp_matches(tail, '^千[亿億]') then 100000000000
            when regexp_matches(tail, '^百[亿億]') then 10000000000
            when regexp_matches(tail, '^(billion|bln|bn|b)([^a-z]|$)|^十[亿億]') then 1000000000
            when regexp_matches(tail, '^[余多]?[亿億]|^hundred million') then 100000000
            when regexp_matches(tail, '^千[万萬]|^crore') then 10000000
            when regexp_matches(tail, '^(million|mln|mn|m)([^a-z0-9]|$)|^百[万萬]') then 1000000
            when regexp_matches(tail, '^lakh') then 100000
            when regexp_matches(tail, '^[余多]?[万萬]|^ten thousand') then 10000
            when regexp_matches(tail, '^(thousand|k)([^a-z]|$)|^千') then 1000
            else 1
        end as decimal(18, 0)) as scale,
        regexp_matches(measure, '_(yoy|pop|cagr|vs)$') as is_growth,
        regexp_matches(tail, '^余?倍|^(times|fold)|^x$') as in_times
    from parsed
),
reread as (
    select
        *,
        case
            when value is null or number is null or numbers <> 1 or measure in ('rank', 'streak') then null
            when in_times and is_growth then null
            when tail like '成%' then abs(value) = number * 10
            when tail like '番%' or tail like '‰%' or tail like '/%' or tail like 'basis%' then null
            when is_growth or measure in ('share', 'share_change', 'growth_gap', 'contribution') then abs(value) = number
            -- A numeral without scale or unit has them from its list: its digits can be compared, its size cannot.
            when tail = '' and abs(value) <> number and number <> 0 and abs(value) > 0
                then case when (log10(abs(value)::double / number::double) + 0.0000001) % 1 > 0.0000002 then false end
            else abs(value) = number * scale
        end as reread_ok,
        -- "1.2倍", "3 times", "2-fold": growth of 100 N percent, or of 100 (N - 1) where it is "N times that".
        case when in_times and is_growth then abs(value) in (number * 100, (number - 1) * 100) end as times_ok
    from scaled
)
select
    f.figure_id,
    coalesce(i.n, 1) as of_this_id,
    concat_ws(' ', f.measure, case
        when c.code is not null then 'money'
        when f.unit in ('percent', 'pp', 'rank', 'count', 'months', 'quarters', 'years') then f.unit
        when regexp_matches(f.unit, '^[A-Z]{3}/.+') then 'money per unit'
        when f.unit is not null and f.unit <> '' then 'amount'
    end) as measure_unit,
    case
        when coalesce(f.reporter, '') = '' then 'reporter'
        when coalesce(f.flow, '') = '' then 'flow'
        when coalesce(f.period, '') = '' then 'period'
        when coalesce(f.measure, '') = '' then 'measure'
        when coalesce(f.unit, '') = '' then 'unit'
        when f.value is null or f.lo is null or f.hi is null then 'value'
    end as missing,
    nullif(f.flow, '') as flow,
    nullif(f.period, '') as period,
    f.bound,
    f.stance,
    (f.first_day is not null and f.final_day is not null
        and length(split_part(f.period, '/', 1)) = length(split_part(f.period, '/', 2)))::tinyint as period_exists,
    date_diff('day', f.first_day, f.final_day) as days,
    case when f.stance = 'reported' then date_diff('day', a.published, f.final_day) end as days_ahead,
    coalesce(k.nth, 1) as nth_of_key,
    coalesce(p.quote_ok, false)::tinyint as quote_ok,
    f.reread_ok::tinyint as reread_ok,
    f.times_ok::tinyint as times_ok,
    -- Percentages, points, ranks and counts are no money: a float holds them.
    case when f.measure = 'share' then cast(f.value as double) end as share,
    case when f.is_growth and f.flow <> 'balance'
        then cast(f.value as double) end as growth,
    -- "69.2 times" means what it says; "6920%" is more often a slip.
    case when f.is_growth and f.times_ok is not true
        then cast(f.value as double) end as growth_in_percent,
    case when f.measure in ('value', 'quantity', 'count', 'price') and f.flow <> 'balance'
        then cast(sign(f.value) as tinyint) end as amount_sign,
    case when f.measure = 'rank' then (f.value = floor(f.value))::tinyint end as rank_whole,
    case when f.measure in ('count', 'streak') then (f.value = floor(f.value))::tinyint end as count_whole,
    -- By how much a rank is too high: 31 provinces on the mainland, 400 cities, 260 partners; below 1 is too low.
    case when f.measure = 'rank' then cast(greatest(
        1 - f.value,
        f.value - case when f.of_cell like '{"partner":"World"}' then 260 when f.of_cell is not null then 400 else 1000 end
    ) as double) end as rank_excess,
    case when f.measure = 'count' and f.counted in ('trading partners', 'trading partners with growth')
        then cast(f.value as double) end as partners,
    case when f.measure in ('share_change', 'growth_gap') then cast(abs(f.value) as double) end as points
from reread as f
join stg_article as a using (article_id)
left join currency as c on c.code = f.unit
left join place as p using (figure_id)
left join again as k using (figure_id)
left join shared_id as i using (figure_id)
