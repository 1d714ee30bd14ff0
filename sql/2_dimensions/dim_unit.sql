-- One unit of measurement.
with said as (
    select distinct unit, bool_or(regexp_matches(measure, '^value(_change)?$')) as is_money
    from stg_figure
    where unit is not null
    group by unit
)
select
    unit::varchar as unit,  -- As in the record: ISO 4217 code, percent, pp, t, vehicles, CNY/t, ...
    case
        when unit in ('percent', 'pp', 'count', 'rank') then unit
        when unit in ('months', 'quarters', 'years') then 'time'
        when regexp_matches(unit, '^[A-Z]{3}/') then 'price'
        when is_money and regexp_matches(unit, '^[A-Z]{3}$') then 'money'
        else 'physical'
    end::varchar as kind,  -- money, percent, pp, count, rank, time, price or physical.
    case
        when regexp_matches(unit, '^[A-Z]{3}/') then left(unit, 3)
        when is_money and regexp_matches(unit, '^[A-Z]{3}$') then unit
    end::varchar as currency,  -- ISO 4217 code of money and of a price.
    case
        when unit = 'percent' then 'PT'
        when unit = 'pp' then 'PP'
        when unit = 't' then 'T'
        when unit in ('count', 'units', 'rank', 'vehicles', 'TEU') then upper(unit)
        else upper(regexp_replace(unit, '[^A-Za-z0-9]', '_', 'g'))
    end::varchar as sdmx_code  -- UNIT_MEASURE.
from said
order by unit
