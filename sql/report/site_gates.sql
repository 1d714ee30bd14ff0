-- Every gate with what it found, those that found something first.
select suite, rule, title, severity, "rows", failing, verdict
from fct_gate
order by verdict = 'pass', suite, rule, title
