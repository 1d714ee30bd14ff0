-- Every table, view and column says what it is.
select t.table_name as name, '' as column_name
from duckdb_tables() as t
where not t.temporary and t.comment is null
union all
select v.view_name, ''
from duckdb_views() as v
where not v.internal and not v.temporary and v.comment is null
union all
select c.table_name, c.column_name
from duckdb_columns() as c
where not c.internal and c.database_name = current_database() and c.comment is null
