-- On any day one cell has at most one row of best knowledge, and the intervals leave no gap.
select cell_id, known_from, known_to, next_from
from (
    select cell_id, known_from, known_to, lead(known_from) over (partition by cell_id order by known_from) as next_from
    from fct_best
)
where known_to is distinct from next_from or known_to <= known_from
