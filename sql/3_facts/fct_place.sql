-- One place where one figure of fct_figure stands: headline and body are two.
select p.*
from stg_place as p
join fct_figure as f on f.figure_id = p.figure_id
