-- Every value lies in its interval, and the tight interval in the wide one.
select figure_id, value, lo, hi, lo_tight, hi_tight
from fct_figure
where not (lo <= value and value <= hi and lo <= lo_tight and lo_tight <= hi_tight and hi_tight <= hi)
