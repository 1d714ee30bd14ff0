-- One place where one figure stands in its article.
with figure as (
    select article_id, unnest(figures) as f
    from stg_line anti join stg_again on stg_again.line_row = stg_line.rowid
)
select
    f.figure_id::varchar as figure_id,  -- The figure.
    article_id::varchar as article_id,  -- Its article.
    generate_subscripts(f.places, 1)::integer as place_no,  -- 1 is the first place; the others say it again.
    unnest(f.places)."start"::integer as start,  -- Where the numeral starts: code points of the text.
    unnest(f.places)."end"::integer as "end",  -- Where it ends, exclusive.
    unnest(f.places).printed::varchar as printed  -- The numeral with its unit, as printed.
from figure
