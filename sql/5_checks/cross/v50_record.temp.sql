-- V50: what the text calls a record is at least as large as every earlier amount of its kind (of the same year, where it
-- says "of the year").
with claim as (
    select
        l.*,
        f.quote,
        regexp_matches(f.quote, '全年最高|年内最高|年内新高|(?i)highest (month )?(of|this|in the) year|highest of \d{4}') as of_year
    from chk_level as l
    join fct_candidate as f on f.figure_id = l.figure_id
    where l.flow <> 'balance' and l.kind in ('month', 'quarter', 'half', 'ytd', 'year')
        and regexp_matches(
            f.quote,
            '历史新高|歷史新高|创新高|創新高|全年最高|年内最高|年内新高|历史同期新高|历史最高|'
            || '(?i)record high|all-time high|highest (on record|ever|in history)|highest (month )?(of|this|in the) year'
        )
    -- the amount that stands nearest before the words is the one they speak of
    qualify row_number() over (partition by l.article_id, f.quote, l.kind order by l.start, l.figure_id) = 1
),
-- what the same article says, or what articles say and none contradicts
known as (
    select null as article_id, series, period, months, month_to, year, last_day, lo, hi, figure_ids
    from chk_best
    union all
    select article_id, hash(reporter, partner, flow, product, enterprise, regime, channel, unit),
        period, months, month_to, year, last_day, lo, hi, [figure_id]
    from chk_level
),
top as (
    select
        c.figure_id, c.lo, c.hi,
        max(b.lo) as known_lo,
        arg_max(b.figure_ids, (b.lo, b.figure_ids))[:3] as known_ids,
        arg_max(b.hi, (b.lo, b.figure_ids)) as known_hi
    from claim as c
    join known as b on b.series = hash(
        c.reporter, c.partner, c.flow, c.product, c.enterprise, c.regime, c.channel, c.unit
    ) and (b.article_id is null or b.article_id = c.article_id)
    where b.period <> c.period and b.months = c.months and b.last_day <= c.last_day
        and (c.kind <> 'ytd' or b.month_to = c.month_to)
        and (not c.of_year or b.year = c.year)
    group by c.figure_id, c.lo, c.hi
)
select
    '<=' as relation,
    known_lo::decimal(38, 6) as lhs_lo,
    known_hi::decimal(38, 6) as lhs_hi,
    lo::decimal(38, 6) as rhs_lo,
    hi::decimal(38, 6) as rhs_hi,
    hi::double as scale,
    [figure_id] || known_ids as figure_ids,
    []::varchar[] as blame
from top
where hi > 0
