-- One numeral of one article and its fate, with quarantine: part of a figure, no figure for a reason, or unresolved.
with held as (
    select distinct figure_id from stg_quarantine where severity in ('R', 'Q') and figure_id is not null
)
select
    article_id,
    numeral_no,
    start,
    "end",
    printed,
    fate,
    reason,
    rule,
    figure_ids[1]::varchar as figure_id,  -- The figure it is part of, the first where there are several.
    len(figure_ids)::integer as n_figures,  -- How many figures it is part of.
    coalesce(list_has_any(figure_ids, (select coalesce(list(figure_id), []) from held)), false)::boolean
        as quarantined  -- True where one of its figures waits in quarantine.
from stg_numeral
