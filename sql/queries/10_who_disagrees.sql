-- Which sources disagree most on one number, beyond what their print allows?
select reporter, flow, period, product, measure, unit, low_value, low_url, high_value, high_url, round(100 * gap / abs(low_value), 1) as gap_pct
from fct_conflict
where measure in ('value', 'value_yoy') and low_value <> 0
order by gap / abs(low_value) desc, cell_id
limit 20
