-- One unit of measurement.
with said as (
    select distinct unit, bool_or(regexp_matches(measure, '^value(_change)?$')) as is_money
    from stg_figure
    where unit is not null
    group by unit
), label (unit, unit_en, unit_zh) as (
    values
        ('CNY', 'yuan', '元'), ('USD', 'US dollars', '美元'), ('EUR', 'euros', '欧元'), ('JPY', 'yen', '日元'),
        ('HKD', 'Hong Kong dollars', '港元'), ('TWD', 'New Taiwan dollars', '新台币'), ('KRW', 'won', '韩元'),
        ('AUD', 'Australian dollars', '澳元'), ('VND', 'dong', '越南盾'), ('INR', 'rupees', '卢比'),
        ('GBP', 'pounds', '英镑'), ('RUB', 'roubles', '卢布'), ('percent', 'percent', '%'),
        ('pp', 'percentage points', '个百分点'), ('count', 'number', '个'), ('rank', 'rank', '位'),
        ('months', 'months', '个月'), ('quarters', 'quarters', '个季度'), ('years', 'years', '年'),
        ('t', 'tonnes', '吨'), ('kg', 'kilograms', '千克'), ('m3', 'cubic metres', '立方米'),
        ('kWh', 'kilowatt hours', '千瓦时'), ('units', 'units', '台'), ('vehicles', 'vehicles', '辆'),
        ('TEU', 'twenty-foot containers', '标箱'), ('barrels', 'barrels', '桶'), ('head', 'head', '头'),
        ('CNY/t', 'yuan a tonne', '元/吨'), ('USD/t', 'US dollars a tonne', '美元/吨'),
        ('USD/barrel', 'US dollars a barrel', '美元/桶')
)
select
    unit::varchar as unit,  -- As in the record: ISO 4217 code, percent, pp, t, vehicles, CNY/t, ...
    coalesce(unit_en, unit)::varchar as unit_en,  -- Name in English.
    coalesce(unit_zh, unit)::varchar as unit_zh,  -- Name in Chinese.
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
left join label using (unit)
order by unit
