-- Every gate with what it found, those that found something first.
select suite, rule, title, severity, "rows", failing, verdict
from fct_gate
order by case verdict when 'error' then 0 when 'fail' then 1 when 'pass' then 2 else 3 end, suite, rule, title
