-- What waits outside, and why.
select figure_id, article_id, rule, severity, detail
from stg_quarantine
order by severity, rule, article_id, figure_id
