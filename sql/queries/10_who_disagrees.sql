-- Which sources disagree on one number beyond what their print allows?
select reporter, flow, period, product, measure, unit, low_value, low_url, high_value, high_url, gap
from fct_conflict
where measure in ('value', 'value_yoy')
order by reporter, period, flow, measure
