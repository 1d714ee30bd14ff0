-- Every name that a page may show, with its Chinese name where there is one.
select 'area' as kind, area as name, area_zh as name_zh from dim_area
union all
select 'flow', flow, flow_zh from dim_flow
union all
select 'product', product, product_zh from dim_product
union all
select 'enterprise', enterprise, enterprise_zh from dim_enterprise
union all
select 'regime', regime, regime_zh from dim_regime
union all
select 'channel', channel, channel_zh from dim_channel
union all
select 'counted', counted, counted_zh from dim_counted
