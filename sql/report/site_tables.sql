-- Tables and views with their comments.
select table_name as name, 'table' as kind, comment, estimated_size as n from duckdb_tables() where not temporary
union all
select view_name, 'view', comment, null from duckdb_views() where not internal and not temporary
order by name
