-- One numeral of one article and its fate, with quarantine: part of a figure, no figure for a reason, or unresolved.
with part as (
    select article_id, numeral_no, unnest(figure_ids) as figure_id
    from stg_numeral
), held as (
    select distinct part.article_id, part.numeral_no
    from part
    anti join fct_figure as f on f.figure_id = part.figure_id
)
select
    n.article_id,
    n.numeral_no,
    n.start,
    n."end",
    n.printed,
    n.fate,
    n.reason,
    n.rule,
    n.figure_ids[1]::varchar as figure_id,  -- The figure it is part of, the first where there are several.
    len(n.figure_ids)::integer as n_figures,  -- How many figures it is part of.
    (h.numeral_no is not null)::boolean as quarantined  -- True where one of its figures waits in quarantine.
from stg_numeral as n
left join held as h on h.article_id = n.article_id and h.numeral_no = n.numeral_no
