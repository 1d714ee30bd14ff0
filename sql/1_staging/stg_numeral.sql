-- One numeral of one article and its fate: every numeral is here, whatever became of it.
with line as (
    select
        article_id,
        generate_subscripts(numerals, 1) as numeral_no,
        unnest(numerals) as n
    from stg_line anti join stg_again on stg_again.line_row = stg_line.rowid
)
select
    article_id::varchar as article_id,  -- The article.
    numeral_no::integer as numeral_no,  -- Its number in the article, from 1.
    n."start"::integer as start,  -- Where it starts: code points of the text.
    n."end"::integer as "end",  -- Where it ends, exclusive.
    n.printed::varchar as printed,  -- As printed.
    n.fate::varchar as fate,  -- figure, non_figure or unresolved.
    n.reason::varchar as reason,  -- Why it is no figure.
    n.rule::varchar as rule,  -- The reader's rule that settled it.
    n.figure_ids::varchar[] as figure_ids  -- The figures it is part of.
from line
