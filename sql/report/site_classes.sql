-- Firms and regimes that are parts of one partition.
select 'enterprise' as kind, enterprise as name, parent, adds_up from dim_enterprise
union all
select 'regime', regime, 'all', adds_up from dim_regime
