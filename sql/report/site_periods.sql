-- Every period with what tells it from the others.
select period, kind, year, month_from, month_to, months, year_before, ytd_before
from dim_period
