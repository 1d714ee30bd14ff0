-- One span of time that a figure speaks of, with the spans a year and a step before it. Spans overlap: add none.
with said as (
    select period from stg_figure
    union
    select json_extract_string(of_cell, '$.period') from stg_figure where of_cell is not null
), parsed as (
    select
        period,
        length(period) = 15 as in_months,
        case
            when regexp_matches(period, '^[0-9]{4}-[0-9]{2}/[0-9]{4}-[0-9]{2}$')
                then try_cast(period[1:7] || '-01' as date)
            when regexp_matches(period, '^[0-9]{4}-[0-9]{2}-[0-9]{2}/[0-9]{4}-[0-9]{2}-[0-9]{2}$')
                then try_cast(period[1:10] as date)
        end as first_day,
        case
            when regexp_matches(period, '^[0-9]{4}-[0-9]{2}/[0-9]{4}-[0-9]{2}$')
                then last_day(try_cast(period[9:15] || '-01' as date))
            when regexp_matches(period, '^[0-9]{4}-[0-9]{2}-[0-9]{2}/[0-9]{4}-[0-9]{2}-[0-9]{2}$')
                then try_cast(period[12:21] as date)
        end as last_day
    from said
), stated as (
    select first_day, last_day, in_months from parsed where first_day <= last_day
), near as (
    -- the spans that derived figures speak of: a year before, the year-to-date before, what lies between
    from stated
    union
    select first_day - interval 1 year, last_day(last_day - interval 1 year), in_months
    from stated
    where in_months
    union
    select first_day, last_day(last_day - interval 1 month), in_months
    from stated
    where in_months and month(first_day) = 1 and date_trunc('month', last_day) > first_day
    union
    select date_trunc('month', last_day), last_day, in_months
    from stated
    where in_months and month(first_day) = 1 and year(first_day) = year(last_day)
    union
    select make_date(year(first_day), 3 * k - 2, 1), last_day(make_date(year(first_day), 3 * k, 1)), true
    from (select distinct first_day from stated where in_months and month(first_day) = 1), range(1, 5) as r (k)
    union
    select make_date(year(first_day), 6 * k - 5, 1), last_day(make_date(year(first_day), 6 * k, 1)), true
    from (select distinct first_day from stated where in_months and month(first_day) = 1), range(1, 3) as r (k)
), span as (
    select
        first_day::date as first_day,
        last_day::date as last_day,
        in_months,
        case when in_months then date_diff('month', first_day, last_day) + 1 end as months,
        in_months and month(first_day) = 1 and year(first_day) = year(last_day) as from_january
    from near
)
select
    case
        when in_months then strftime(first_day, '%Y-%m') || '/' || strftime(last_day, '%Y-%m')
        else strftime(first_day, '%Y-%m-%d') || '/' || strftime(last_day, '%Y-%m-%d')
    end::varchar as period,  -- Inclusive span as in the record.
    first_day,  -- First day of the span.
    last_day,  -- Last day of the span.
    year(last_day)::integer as year,  -- Year of the last day.
    month(first_day)::integer as month_from,  -- Month of the first day.
    month(last_day)::integer as month_to,  -- Month of the last day.
    months::integer as months,  -- Number of whole months; null where the span is of days.
    case
        when not in_months then 'days'
        when months = 1 then 'month'
        when months = 12 and from_january then 'year'
        when months = 3 and month(first_day) % 3 = 1 then 'quarter'
        when months = 6 and month(first_day) in (1, 7) then 'half'
        when from_january then 'ytd'
        else 'span'
    end::varchar as kind,  -- month, quarter, half, ytd, year, span or days: one of them, never two.
    from_january::boolean as from_january,  -- Cumulative from January of one year (a January, Q1, H1 and year too).
    case
        when from_january and months > 1
            then strftime(first_day, '%Y-%m') || '/' || strftime(last_day - interval 1 month, '%Y-%m')
    end::varchar as ytd_before,  -- The same year to the month before: the difference is one month.
    case
        when in_months
            then strftime(first_day - interval 1 year, '%Y-%m') || '/'
                || strftime(last_day(last_day - interval 1 year), '%Y-%m')
    end::varchar as year_before,  -- The same months a year before.
    case
        when not in_months then '_Z'
        when months = 1 then 'M'
        when months = 12 and from_january then 'A'
        when months = 3 and month(first_day) % 3 = 1 then 'Q'
        when months = 6 and month(first_day) in (1, 7) then 'S'
        else '_Z'
    end::varchar as sdmx_freq,  -- FREQ: A, S, Q, M; _Z for a year-to-date or another span.
    case
        when not in_months
            then strftime(first_day, '%Y-%m-%d') || '/P' || (date_diff('day', first_day, last_day) + 1) || 'D'
        when months = 12 and from_january then strftime(first_day, '%Y')
        when months = 1 then strftime(first_day, '%Y-%m')
        when months = 3 and month(first_day) % 3 = 1 then year(first_day) || '-Q' || quarter(first_day)
        when months = 6 and month(first_day) in (1, 7)
            then year(first_day) || '-S' || (1 + month(first_day) // 7)
        else strftime(first_day, '%Y-%m-%d') || '/P' || months || 'M'
    end::varchar as sdmx_time_period  -- TIME_PERIOD: 2025, 2025-Q1, 2025-03, or a range 2025-01-01/P9M.
from span
order by first_day, last_day
