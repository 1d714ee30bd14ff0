-- Every key of a fact stands in its dimension.
select 'reporter' as role, reporter as key from fct_figure anti join dim_area on area = reporter
union all
select 'partner', partner from fct_figure anti join dim_area on area = partner
union all
select 'flow', flow from fct_figure anti join dim_flow using (flow) where flow <> ''
union all
select 'product', product from fct_figure anti join dim_product using (product)
union all
select 'enterprise', enterprise from fct_figure anti join dim_enterprise using (enterprise)
union all
select 'regime', regime from fct_figure anti join dim_regime using (regime)
union all
select 'channel', channel from fct_figure anti join dim_channel using (channel)
union all
select 'period', period from fct_figure anti join dim_period using (period)
union all
select 'of_period', of_period from fct_figure anti join dim_period on dim_period.period = of_period where of_period is not null
union all
select 'measure', measure from fct_figure anti join dim_measure using (measure)
union all
select 'unit', unit from fct_figure anti join dim_unit using (unit)
union all
select 'counted', counted from fct_figure anti join dim_counted using (counted) where counted is not null
union all
select 'article', article_id from fct_figure anti join dim_article using (article_id)
union all
select 'place', figure_id from fct_figure anti join fct_place using (figure_id)
