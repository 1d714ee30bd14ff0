-- By how many points did each place grow faster than China?
select reporter, period, flow, value as gap_pp, lo, hi
from fct_derived
where
    rule = 'gap_of_growths' and of_cell = '{"reporter":"China"}' and partner = 'World' and product = 'all'
    and enterprise = 'all' and regime = 'all' and channel = 'all'
order by value desc, reporter, period, flow
