-- One measure: a subject (value, quantity, price, count) in a form, or one of six that stand alone.
with subject (subject, subject_zh) as (
    values ('value', '金额'), ('quantity', '数量'), ('price', '价格'), ('count', '个数')
), form (form, suffix, form_zh, nature, sdmx_transformation) as (
    values
        ('level', '', '', 'level', 'N'),
        ('yoy', '_yoy', '同比增长', 'growth', 'GY'),
        ('pop', '_pop', '环比增长', 'growth', 'G1'),
        ('cagr', '_cagr', '年均增长', 'growth', 'GA'),
        ('vs', '_vs', '较基期增长', 'growth', 'GB'),
        ('change', '_change', '同比增减额', 'change', 'D')
), alone (measure, measure_zh, form, nature, sdmx_transformation) as (
    values
        ('share', '比重', 'share', 'ratio', 'SH'),
        ('share_change', '比重变化', 'share_change', 'change', 'SHD'),
        ('growth_gap', '增速差', 'growth_gap', 'change', 'GD'),
        ('contribution', '贡献', 'contribution', 'ratio', 'CT'),
        ('rank', '位次', 'rank', 'order', 'RK'),
        ('streak', '连续期数', 'streak', 'count', 'ST')
), said as (
    select distinct measure from stg_figure where measure is not null
), every as (
    select subject || suffix as measure, subject_zh || form_zh as measure_zh, subject, form, nature,
        sdmx_transformation, true as is_reference
    from subject, form
    union all
    select measure, measure_zh, null, form, nature, sdmx_transformation, true from alone
)
select
    measure::varchar as measure,  -- Name in the record.
    measure_zh::varchar as measure_zh,  -- Chinese name.
    subject::varchar as subject,  -- value, quantity, price or count; null where it stands alone.
    form::varchar as form,  -- level, yoy, pop, cagr, vs, change, or the name of one that stands alone.
    nature::varchar as nature,  -- level, growth, ratio, change, order or count.
    is_reference::boolean as is_reference,  -- False: no such measure is defined.
    false::boolean as is_additive_over_period,  -- No measure adds up over dim_period: sum mart_month only.
    sdmx_transformation::varchar as sdmx_transformation  -- TRANSFORMATION: N level, GY growth over a year, ...
from every
union all
select measure, null, null, 'unmapped', null, false, false, '_X'
from said
where measure not in (select measure from every)
