-- A cell stands once for each year, year-to-date and month; months that may be summed do not overlap.
select 'mart_annual' as mart, reporter, flow, partner, product, enterprise, regime, channel, year, null as month
from mart_annual
group by all
having count(*) > 1
union all
select 'mart_ytd', reporter, flow, partner, product, enterprise, regime, channel, year, month_to
from mart_ytd
group by all
having count(*) > 1
union all
select 'mart_month', reporter, flow, partner, product, enterprise, regime, channel, year, m
from (select *, unnest(range(month_from, month_to + 1)) as m from mart_month)
group by all
having count(*) > 1
