-- Checks whose two sides differ, the widest first.
select check_id, rule, subject, article_id, relation, lhs_lo, lhs_hi, rhs_lo, rhs_hi, excess, figure_ids, suspects
from fct_check
where verdict = 'differs'
order by rule, excess desc, check_id
