-- The key of every table with one stands in one row.
select 'fct_figure' as name, figure_id as key from fct_figure group by figure_id having count(*) > 1
union all
select 'stg_article', article_id from stg_article group by article_id having count(*) > 1
union all
select 'dim_article', article_id from dim_article group by article_id having count(*) > 1
union all
select 'dim_area', area from dim_area group by area having count(*) > 1
union all
select 'dim_product', product from dim_product group by product having count(*) > 1
union all
select 'dim_enterprise', enterprise from dim_enterprise group by enterprise having count(*) > 1
union all
select 'dim_regime', regime from dim_regime group by regime having count(*) > 1
union all
select 'dim_channel', channel from dim_channel group by channel having count(*) > 1
union all
select 'dim_counted', counted from dim_counted group by counted having count(*) > 1
union all
select 'dim_measure', measure from dim_measure group by measure having count(*) > 1
union all
select 'dim_unit', unit from dim_unit group by unit having count(*) > 1
union all
select 'dim_period', period from dim_period group by period having count(*) > 1
