-- A staged line that says an article again: the row of stg_line that does not count.
select line_row
from (
    -- nothing wide passes through the window: it holds all that it is given in memory
    select rowid as line_row, row_number() over (partition by article_id order by fetched_at, url, name, rowid) as nth
    from stg_line
)
where nth > 1
